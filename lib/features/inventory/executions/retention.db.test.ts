import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackgroundJob } from '@/lib/features/service/background-jobs/schema';
import { runTick } from '@/lib/kernel/jobs/tick';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { newEnvironment, refresh, work } from '../environment.fixture';
import { ScriptedInstance } from '../instance.fixture';
import { syncExecutions } from '../sync/operations';
import { executionPruneDue, pruneExecutions } from './jobs';

/** What the free plan keeps. */
const DAYS = 7;
const DAY_MS = 86_400_000;

let instance = new ScriptedInstance();
const registry = new Map([['n8n', { ...instance.kind, connect: () => instance.provider }]]);
const kernel: Kernel = openHouse({ ports: { providers: registry } });
let free: Home;
let selfHosted: Home;

type Home = { tenant: TestTenant; environmentId: string };
async function newHome(plan?: string): Promise<Home> {
  const tenant = await newTenant(kernel, { plan });
  return { tenant, environmentId: await newEnvironment(kernel, tenant, 'lab') };
}
beforeAll(async () => {
  [free, selfHosted] = [await newHome('free'), await newHome()];
});
afterAll(() => closeHouse(kernel));

const inTenant = <T>({ tenant }: Home, work: Parameters<typeof kernel.database.asTenant<T>>[1]) =>
  kernel.database.asTenant(tenant.id, work);
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

/** Runs as they were seen, by how many days ago each began. */
const seen = (home: Home, days: readonly number[], status = 'success') =>
  inTenant(home, (db) =>
    db.execution.createMany({
      data: days.map((ago, index) => ({
        environmentId: home.environmentId,
        n8nId: BigInt(Math.round(ago * 1_000) + index),
        workflowN8nId: 'w',
        status,
        mode: 'webhook',
        orderedAt: daysAgo(ago),
      })),
    }),
  );
const kept = (home: Home) => inTenant(home, (db) => db.execution.count());

/** What the tick starts, worked off. */
async function prune(home: Home): Promise<BackgroundJob | null> {
  await runTick(kernel, executionPruneDue.name, new AbortController().signal);
  const where = { type: pruneExecutions.name, status: 'pending' as const };
  const job = await inTenant(home, (db) => db.backgroundJob.findFirst({ where }));
  return job && work(kernel, home.tenant, job.id);
}

test('runs older than the plan keeps them are removed, those that still wait are not, nor those of a plan without end', async () => {
  const ages = [0.5, DAYS - 0.1, DAYS + 0.1, 400];
  await seen(free, ages);
  await seen(free, [DAYS + 2], 'waiting');
  await seen(selfHosted, ages);
  expect(await prune(free)).toMatchObject({ status: 'completed', result: { removed: 2 } });
  expect(await kept(free)).toBe(3);
  expect(await prune(selfHosted)).toBeNull();
  expect(await kept(selfHosted)).toBe(4);
});

test('where nothing is too old no job is started, and two ticks start one', async () => {
  expect(await prune(free)).toBeNull();
  await seen(free, [20]);
  const tick = () => runTick(kernel, executionPruneDue.name, new AbortController().signal);
  await Promise.all([tick(), tick()]);
  const where = { type: pruneExecutions.name, status: 'pending' as const };
  expect(await inTenant(free, (db) => db.backgroundJob.count({ where }))).toBe(1);
  expect(await prune(free)).toMatchObject({ result: { removed: 1 } });
});

test('an exception from the plan counts until it ends', async () => {
  const home = await newHome('free');
  await seen(home, [20, 40]);
  const exception = { tenantId: home.tenant.id, key: 'log_retention_days', value: 30, reason: 'test' };
  const { id } = await kernel.database.asPlatform((db) => db.entitlementOverride.create({ data: exception }));
  expect(await prune(home)).toMatchObject({ result: { removed: 1 } });
  const expiresAt = daysAgo(1);
  await kernel.database.asPlatform((db) => db.entitlementOverride.update({ where: { id }, data: { expiresAt } }));
  expect(await prune(home)).toMatchObject({ result: { removed: 1 } });
});

test('a refresh does not bring back what was removed, and still learns how an old run ended', async () => {
  instance = new ScriptedInstance();
  const home = await newHome('free');
  const { id } = instance.add('Flow');
  const began = (days: number) => ({ startedAt: daysAgo(days).toISOString(), stoppedAt: null });
  instance.ran(1, id);
  instance.ran(2, id, 'waiting');
  instance.ran(3, id);
  const [third, second, first] = instance.executions;
  Object.assign(first!, began(30));
  Object.assign(second!, began(20));
  Object.assign(third!, began(1));
  await refresh(kernel, home.tenant, home.environmentId, syncExecutions);
  const statuses = async () => {
    const rows = await inTenant(home, (db) => db.execution.findMany({ orderBy: { n8nId: 'asc' } }));
    return rows.map(({ n8nId, status }) => [Number(n8nId), status]);
  };
  expect(await statuses()).toEqual([
    [2, 'waiting'],
    [3, 'success'],
  ]);
  Object.assign(second!, { status: 'error' });
  await refresh(kernel, home.tenant, home.environmentId, syncExecutions);
  expect(await statuses()).toEqual([
    [2, 'error'],
    [3, 'success'],
  ]);
  expect(await prune(home)).toMatchObject({ result: { removed: 1 } });
  await refresh(kernel, home.tenant, home.environmentId, syncExecutions);
  expect(await statuses()).toEqual([[3, 'success']]);
});
