import { afterAll, beforeAll, expect, test } from 'vitest';
import { refresh } from '@/lib/features/inventory/environment.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { chain, fakeEnvironments, link } from './inventory.fixture';
import { getMatrix } from './matrix-operations';
import type { CellState } from './model';
import { linkedWorkflows, recordDrift } from './service';

const environments = fakeEnvironments('dev', 'staging', 'production');
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', environments.kind]]) } });
afterAll(() => closeHouse(kernel));

let tenant: TestTenant;
let ids: Record<string, string>;
const inTenant = <T>(work: (db: TenantDb) => Promise<T>) =>
  kernel.database.asTenant(tenant.id, (db) => work(db as TenantDb));
const id = (digit: string) => digit.repeat(16);
const [dev, staging, production] = [
  environments.instance('dev'),
  environments.instance('staging'),
  environments.instance('production'),
];

/** Five lineages by ids that came along: one of each kind of row. */
beforeAll(async () => {
  tenant = await newTenant(kernel);
  ids = await environments.connect(kernel, tenant);
  for (const instance of [dev, staging, production]) {
    instance.seed(chain('Equal', 'one', instance.baseUrl), { id: id('a') });
    instance.seed(chain('Behind', instance === production ? 'old' : 'new'), { id: id('b') });
    instance.seed(chain('Drifts', 'three'), { id: id('c') });
  }
  dev.seed(chain('Vanishes', 'four'), { id: id('d') });
  production.seed(chain('Vanishes', 'four'), { id: id('d') });
  staging.seed(chain('Starts in staging', 'five'), { id: id('e') });
  production.seed(chain('Starts in staging', 'six'), { id: id('e') });
  production.seed(chain('Nobody knows', 'seven'));
  const readAll = async () => {
    for (const environmentId of Object.values(ids)) await refresh(kernel, tenant, environmentId);
  };
  await readAll();
  await link(kernel, tenant);
  production.workflows.delete(id('d'));
  await readAll();
  const linked = await inTenant((db) => linkedWorkflows(db, { environmentId: ids.production }));
  const drifting = linked.find(({ name }) => name === 'Drifts')!;
  await inTenant((db) => recordDrift(db, ids.production!, new Map([[drifting.workflowId, 'edited']])));
});

const matrix = async (query: object = {}) => (await as(kernel, tenant, 'viewer'))(getMatrix, query);
const namesOf = ({ items }: Awaited<ReturnType<typeof matrix>>) => items.map(({ lineage }) => lineage.name);

test('the worst row comes first, and each cell says how it stands to the source', async () => {
  const { items, environments: columns, total } = await matrix();
  expect(total).toBe(5);
  expect(columns.map(({ environment }) => environment.name)).toEqual(['dev', 'staging', 'production']);
  const rows = items.map(({ lineage, worst, cells }) => [
    lineage.name,
    worst,
    ...cells.map((cell) => cell?.state ?? null),
  ]);
  expect(rows).toEqual([
    ['Vanishes', 'missing', 'source', null, 'missing'],
    ['Drifts', 'drifted', 'source', 'same', 'drifted'],
    ['Behind', 'differs', 'source', 'same', 'differs'],
    ['Starts in staging', 'differs', null, 'source', 'differs'],
    ['Equal', 'same', 'source', 'same', 'same'],
  ]);
  expect(items[1]!.cells[2]).toMatchObject({ driftClass: 'edited', active: false, name: 'Drifts' });
});

test('a column counts its cells by state', async () => {
  const { environments: columns } = await matrix({ pageSize: 1 });
  const zero: Record<CellState, number> = { missing: 0, drifted: 0, differs: 0, unknown: 0, same: 0, source: 0 };
  expect(columns.map(({ counts }) => counts)).toEqual([
    { ...zero, source: 4 },
    { ...zero, same: 3, source: 1 },
    { ...zero, missing: 1, drifted: 1, differs: 2, same: 1 },
  ]);
});

test('rows are filtered by environment, by state and by name, and paged', async () => {
  expect(namesOf(await matrix({ state: 'differs' }))).toEqual(['Behind', 'Starts in staging']);
  expect(namesOf(await matrix({ environmentId: ids.dev, state: 'absent' }))).toEqual(['Starts in staging']);
  expect(namesOf(await matrix({ state: 'absent' }))).toEqual(['Vanishes', 'Starts in staging']);
  expect(namesOf(await matrix({ environmentId: ids.staging, state: 'same' }))).toEqual(['Drifts', 'Behind', 'Equal']);
  expect(namesOf(await matrix({ search: 'start' }))).toEqual(['Starts in staging']);
  expect(namesOf(await matrix({ search: '%' }))).toEqual([]);
  expect(namesOf(await matrix({ sort: 'name', page: 2, pageSize: 2 }))).toEqual(['Equal', 'Starts in staging']);
  expect(await matrix({ page: 9 })).toMatchObject({ items: [], total: 5 });
});

test('another source changes what the others are compared with', async () => {
  const { items } = await matrix({ sourceEnvironmentId: ids.production, search: 'Behind' });
  expect(items[0]!.cells.map((cell) => cell?.state)).toEqual(['differs', 'differs', 'source']);
});

test('a drift that a later check no longer finds is gone', async () => {
  await inTenant((db) => recordDrift(db, ids.production!, new Map()));
  expect(namesOf(await matrix({ state: 'drifted' }))).toEqual([]);
});
