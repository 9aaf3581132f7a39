import { afterAll, beforeAll, expect, test } from 'vitest';
import { refresh } from '@/lib/features/inventory/environment.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import type { AnyOperation } from '@/lib/kernel/operation';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { chain, fakeEnvironments, link } from '../lineages/inventory.fixture';
import { listLineages } from '../lineages/operations';
import {
  createBinding,
  deleteBinding,
  getCredentialMatrix,
  listBindings,
  reviewBinding,
  updateBinding,
} from './operations';
import { resolveBindings, saveBindings } from './service';

const environments = fakeEnvironments('dev', 'production');
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', environments.kind]]) } });
afterAll(() => closeHouse(kernel));
const [dev, production] = [environments.instance('dev'), environments.instance('production')];

let tenant: TestTenant;
let ids: Record<string, string>;
let lineageId: string;
const credential = (id: string, name: string, type = 'httpHeaderAuth') => {
  const at = new Date().toISOString();
  return { id, name, type, createdAt: at, updatedAt: at };
};
const REQUIREMENT = 'httpHeaderAuth:Shop API';

beforeAll(async () => {
  tenant = await newTenant(kernel);
  ids = await environments.connect(kernel, tenant);
  dev.credentials.push(credential('c1', 'Shop API') as never);
  production.credentials.push(credential('p1', 'Shop API') as never, credential('p2', 'Shop live') as never);
  production.credentials.push(credential('p3', 'Mail', 'smtp') as never);
  dev.seed(chain('Order intake', 'orders', 'c1'));
  production.seed(chain('Order intake', 'orders', 'p1'));
  for (const id of Object.values(ids)) await refresh(kernel, tenant, id);
  await link(kernel, tenant);
  lineageId = (await call(listLineages)).items[0]!.id;
});
async function call<Op extends AnyOperation>(operation: Op, input: object = {}): Promise<Awaited<ReturnType<Op>>> {
  return await (await as(kernel, tenant, 'developer'))(operation, input);
}
const declare = (over: object = {}) =>
  call(createBinding, {
    environmentId: ids.production,
    kind: 'credential',
    requirement: REQUIREMENT,
    value: { n8nId: 'p2', name: 'Shop live' },
    reason: 'The live shop has a key of its own',
    ...over,
  });
async function resolved() {
  const workflow = readWorkflow({ ...chain('Order intake', 'orders', 'c1'), id: 'src' }).workflow!;
  const input = { sourceEnvironmentId: ids.dev!, targetEnvironmentId: ids.production! };
  const resolutions = await kernel.database.asTenant(tenant.id, (db) =>
    resolveBindings(db as never, { ...input, workflows: [{ lineageId, workflow }] }),
  );
  return resolutions.get(lineageId)!;
}
const problem = (path: string, more: object = {}) => ({ kind: 'invalid', errors: [{ path }], ...more });

test('a declared credential is used from then on, reviewed, changed and taken back', async () => {
  expect((await resolved()).bound).toMatchObject([{ to: { id: 'p1' } }]);
  const binding = await declare();
  expect(binding).toMatchObject({ state: 'in_force', reviewedAt: null, owner: expect.stringContaining('developer') });
  expect((await resolved()).bound).toMatchObject([{ to: { id: 'p2' } }]);
  await expect(declare()).rejects.toMatchObject({ code: 'exists', errors: [{ path: 'requirement' }] });
  const { id } = binding;
  const [developer, admin] = [await as(kernel, tenant, 'developer'), await as(kernel, tenant, 'admin')];
  expect(await admin(reviewBinding, { id })).toMatchObject({ version: 2, reviewedBy: { type: 'user' } });
  const value = { n8nId: 'p1', name: 'Shop API' };
  await expect(developer(updateBinding, { id, value }, 1)).rejects.toMatchObject({ status: 412 });
  expect(await developer(updateBinding, { id, value }, 2)).toMatchObject({ reviewedAt: null, reviewedBy: null, value });
  await call(deleteBinding, { id });
  expect(await call(listBindings)).toMatchObject({ total: 0 });
});

test('what explains a difference in production is reviewed by an admin, and again when it is to last longer', async () => {
  const [developer, admin] = [await as(kernel, tenant, 'developer'), await as(kernel, tenant, 'admin')];
  const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
  const { id } = await declare({ expiresAt: day(2) });
  await expect(developer(reviewBinding, { id })).rejects.toMatchObject({ kind: 'blocked', rule: 'role_for_class' });
  const reviewed = await admin(reviewBinding, { id });
  expect(await developer(updateBinding, { id, expiresAt: day(1) })).toMatchObject({ reviewedAt: reviewed.reviewedAt });
  expect(await developer(updateBinding, { id, expiresAt: day(3) })).toMatchObject({ reviewedAt: null });
  await admin(reviewBinding, { id });
  expect(await developer(updateBinding, { id, expiresAt: null })).toMatchObject({ reviewedAt: null });
  await call(deleteBinding, { id });
  const inDev = await declare({ environmentId: ids.dev, value: { n8nId: 'c1', name: 'Shop API' } });
  expect(await developer(reviewBinding, { id: inDev.id })).toMatchObject({ reviewedBy: { type: 'user' } });
  await call(deleteBinding, { id: inDev.id });
});

test('what does not fit is refused with the field that is wrong', async () => {
  await expect(declare({ value: { n8nId: 'nope', name: 'x' } })).rejects.toMatchObject(problem('value.n8nId'));
  await expect(declare({ value: { n8nId: 'p3', name: 'Mail' } })).rejects.toMatchObject(
    problem('value.n8nId', { code: 'other_type' }),
  );
  await expect(declare({ requirement: 'Shop API' })).rejects.toMatchObject(problem('requirement'));
  await expect(declare({ value: { name: 'Shop' } })).rejects.toMatchObject(problem('value'));
  await expect(declare({ expiresAt: '2020-01-01T00:00:00.000Z' })).rejects.toMatchObject(problem('expiresAt'));
  await expect(declare({ reason: undefined })).rejects.toMatchObject(problem('reason'));
  const value = { node: 'Ask', path: ['parameters', 'url'], type: 'number', value: 'https://live' };
  await expect(declare({ kind: 'parameter', value })).rejects.toMatchObject(problem('lineageId'));
  await expect(declare({ kind: 'parameter', lineageId, value })).rejects.toMatchObject(problem('value.value'));
  expect(await call(listBindings)).toMatchObject({ total: 0 });
});

test('a parameter is declared for one lineage, and stays the one it is', async () => {
  const value = { node: 'Ask', path: ['parameters', 'url'], type: 'text', value: 'https://live' };
  const binding = await declare({ kind: 'parameter', requirement: undefined, lineageId, value });
  expect(binding).toMatchObject({ requirement: 'Ask/parameters/url', lineage: { id: lineageId } });
  expect((await resolved()).overrides).toEqual([value]);
  const other = { ...value, path: ['parameters', 'method'] };
  await expect(call(updateBinding, { id: binding.id, value: other })).rejects.toMatchObject(problem('value'));
  await call(deleteBinding, { id: binding.id });
});

test('a binding that ran out, or whose credential is gone, says so and stops a promotion', async () => {
  const { id } = await declare({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
  await kernel.database.asTenant(tenant.id, (db) =>
    db.binding.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } }),
  );
  expect(await call(listBindings, { expired: true })).toMatchObject({ items: [{ id, state: 'expired' }] });
  expect((await resolved()).unresolved).toMatchObject([{ why: 'expired', requirement: REQUIREMENT }]);
  expect(await call(updateBinding, { id, expiresAt: null })).toMatchObject({ state: 'in_force' });
  const gone = { where: { environmentId: ids.production!, n8nId: 'p2' } };
  const mark = (presence: 'present' | 'missing') =>
    kernel.database.asTenant(tenant.id, (db) => db.credential.updateMany({ ...gone, data: { presence } }));
  await mark('missing');
  expect(await call(listBindings, { environmentId: ids.production })).toMatchObject({ items: [{ state: 'gone' }] });
  expect((await resolved()).unresolved).toMatchObject([{ why: 'gone' }]);
  await mark('present');
  await call(deleteBinding, { id });
});

test('the matrix of credentials says how each environment meets what the source uses', async () => {
  const cellOf = async () => (await call(getCredentialMatrix)).rows[0]!.cells[0]!;
  const { source, environments: columns, rows } = await call(getCredentialMatrix, { sourceEnvironmentId: ids.dev });
  expect([source!.name, columns.map(({ name }) => name)]).toEqual(['dev', ['production']]);
  expect(rows).toMatchObject([{ requirement: REQUIREMENT, workflows: 1 }]);
  expect(await cellOf()).toMatchObject({ how: 'name', thing: { n8nId: 'p1' }, bindingId: null });
  const { id } = await declare();
  expect(await cellOf()).toMatchObject({ how: 'declared', thing: { n8nId: 'p2' }, bindingId: id });
  await call(deleteBinding, { id });
});

test('choices made while promoting are kept as reviewed, and replace earlier ones', async () => {
  const actor = { type: 'user', id: tenant.people.admin.id, label: 'Admin' } as const;
  const choice = (n8nId: string) => ({
    environmentId: ids.production!,
    kind: 'credential' as const,
    requirement: REQUIREMENT,
    value: { n8nId, name: n8nId },
    owner: 'Shop team',
    reason: 'Chosen while promoting',
  });
  for (const n8nId of ['p1', 'p2']) {
    await kernel.database.asTenant(tenant.id, (db) => saveBindings(db as never, [choice(n8nId)], actor));
  }
  const { items, total } = await call(listBindings, { reviewed: true });
  expect(total).toBe(1);
  expect(items[0]).toMatchObject({ value: { n8nId: 'p2' }, owner: 'Shop team', version: 2, reviewedBy: actor });
  await call(deleteBinding, { id: items[0]!.id });
});

test('where an instance does not list its credentials, who names one is believed', async () => {
  await kernel.database.asTenant(tenant.id, (db) =>
    db.environment.update({ where: { id: ids.production! }, data: { capabilities: { capabilities: {} } } }),
  );
  const requirement = 'httpHeaderAuth:Kept elsewhere';
  const made = await declare({ requirement, value: { n8nId: 'seen-in-the-editor', name: 'Live' } });
  expect(made).toMatchObject({ requirement, state: 'in_force' });
});

test('a secret that somebody declares as a parameter does not get into the audit log', async () => {
  const value = { node: 'Ask', path: ['parameters', 'apiKey'], type: 'text', value: 'k7Qw9zLm2RtY' };
  const { id } = await declare({ kind: 'parameter', requirement: undefined, lineageId, value });
  await call(updateBinding, { id, value: { ...value, value: 'p8Vn3xKd6HsB' } });
  await call(deleteBinding, { id });
  const where = { targetId: id };
  const audited = await kernel.database.asTenant(tenant.id, (db) => db.auditEvent.findMany({ where }));
  expect(audited).toHaveLength(3);
  expect(JSON.stringify(audited.map(({ details }) => details))).not.toMatch(/k7Qw9zLm2RtY|p8Vn3xKd6HsB/);
});
