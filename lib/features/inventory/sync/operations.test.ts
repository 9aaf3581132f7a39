import { afterAll, beforeEach, expect, test } from 'vitest';
import type { SyncPhaseName } from '@/lib/features/connections/environments/model';
import { getEnvironment } from '@/lib/features/connections/environments/operations';
import type { SyncPhase } from '@/lib/features/connections/environments/schema';
import { cancelBackgroundJob, getBackgroundJob } from '@/lib/features/service/background-jobs/operations';
import { runTick } from '@/lib/kernel/jobs/tick';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { newEnvironment, refresh, work } from '../environment.fixture';
import { ScriptedInstance, sampleDocument } from '../instance.fixture';
import { getSyncState, syncEnvironment, syncExecutions, syncTags, syncUsers } from './operations';

/** The registry asks for the instance of the test that runs. */
let instance = new ScriptedInstance();
const registry = new Map([['n8n', { ...instance.kind, connect: () => instance.provider }]]);
const kernel: Kernel = openHouse({ ports: { providers: registry } });
let tenant: TestTenant;
let environmentId: string;

beforeEach(async () => {
  instance = new ScriptedInstance();
  tenant = await newTenant(kernel);
  environmentId = await newEnvironment(kernel, tenant, 'lab');
});
afterAll(() => closeHouse(kernel));

const inTenant = <T>(work: Parameters<typeof kernel.database.asTenant<T>>[1]) =>
  kernel.database.asTenant(tenant.id, work);
const cached = () => inTenant((db) => db.workflow.findMany({ orderBy: { name: 'asc' } }));
const phases = async () => {
  const { phases } = await (await as(kernel, tenant, 'viewer'))(getSyncState, { id: environmentId });
  return Object.fromEntries(phases.map((one) => [one.phase, one])) as Record<SyncPhaseName, SyncPhase>;
};
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test('a refresh brings everything the instance has, and says so phase by phase', async () => {
  for (const index of numbers(230)) instance.add(`Flow ${index}`);
  const [first] = instance.workflows.values();
  instance.tags.push({ id: 't1', name: 'shop' });
  instance.credentials.push({
    id: 'cred-1',
    name: 'Shop API',
    type: 'httpHeaderAuth',
    createdAt: null,
    updatedAt: null,
  });
  instance.ran(1, first!.id);
  const job = await refresh(kernel, tenant, environmentId);
  expect(job).toMatchObject({ status: 'completed', error: null });
  expect(job.result).toMatchObject({
    phases: [
      { phase: 'workflows', status: 'done', count: 230, changed: 230, missing: 0 },
      { phase: 'credentials', status: 'done', count: 1 },
      { phase: 'tags', status: 'done', count: 1 },
      { phase: 'users', status: 'done', count: 1 },
      { phase: 'executions', status: 'done', count: 1 },
    ],
  });
  expect(await inTenant((db) => db.credentialUse.count())).toBe(230);
  const environment = await (await as(kernel, tenant, 'viewer'))(getEnvironment, { id: environmentId });
  expect(environment).toMatchObject({ workflowCount: 230, axes: { freshness: { status: 'fresh' } } });
});

test('a second refresh writes nothing for what did not move', async () => {
  for (const index of numbers(5)) instance.add(`Flow ${index}`);
  await refresh(kernel, tenant, environmentId);
  const before = await cached();
  instance.edit(before[0]!.n8nId, sampleDocument('Flow 0 renamed'));
  const job = await refresh(kernel, tenant, environmentId);
  expect(job.result).toMatchObject({ phases: [{ changed: 1 }, {}, {}, {}, {}] });
  expect((await cached()).map(({ version }) => version)).toEqual([2, 1, 1, 1, 1]);
});

test('a workflow is missing only when the instance itself says so, and comes back when it is there again', async () => {
  const kept = instance.add('Kept');
  const gone = instance.add('Gone');
  const hidden = instance.add('Hidden from the list');
  await refresh(kernel, tenant, environmentId);
  instance.workflows.delete(gone.id);
  instance.hidden.add(hidden.id);
  await refresh(kernel, tenant, environmentId);
  const presence = async () => Object.fromEntries((await cached()).map((row) => [row.n8nId, row.presence]));
  expect(await presence()).toEqual({ [kept.id]: 'present', [gone.id]: 'missing', [hidden.id]: 'present' });
  expect((await cached()).find(({ n8nId }) => n8nId === gone.id)?.missingSince).toBeInstanceOf(Date);
  instance.workflows.set(gone.id, gone);
  await refresh(kernel, tenant, environmentId);
  expect((await cached()).find(({ n8nId }) => n8nId === gone.id)).toMatchObject({
    presence: 'present',
    missingSince: null,
  });
});

test('a list that moved while it was read makes nothing missing', async () => {
  const gone = instance.add('Gone');
  await refresh(kernel, tenant, environmentId);
  instance.workflows.delete(gone.id);
  instance.complete = false;
  await refresh(kernel, tenant, environmentId);
  expect(await cached()).toMatchObject([{ presence: 'present' }]);
  expect((await phases()).workflows).toMatchObject({ problem: { code: 'list_moved' } });
});

test('a phase that fails is noted beside its last success, and the others go on', async () => {
  instance.tags.push({ id: 't1', name: 'shop' });
  await refresh(kernel, tenant, environmentId);
  const before = await phases();
  instance.broken.set('listTags', 'unreadable');
  instance.add('New since');
  const job = await refresh(kernel, tenant, environmentId);
  expect(job).toMatchObject({ status: 'completed' });
  const after = await phases();
  expect(after.tags).toMatchObject({ okAt: before.tags.okAt, count: 1, problem: { code: 'unreadable' } });
  expect(after.tags.failedAt).not.toBeNull();
  expect(after.workflows).toMatchObject({ count: 1, failedAt: null });
  expect(await inTenant((db) => db.tag.count())).toBe(1);
});

test('a rejected key loses nothing, is asked about once, and is what the connection says', async () => {
  instance.add('Kept');
  await refresh(kernel, tenant, environmentId);
  instance.broken.set('listWorkflows', 'key_rejected');
  instance.forget();
  const job = await refresh(kernel, tenant, environmentId);
  expect(job).toMatchObject({ status: 'failed', error: { code: 'key_rejected' } });
  expect(instance.calls).toEqual(['listWorkflows']);
  const { axes, workflowCount } = await (await as(kernel, tenant, 'viewer'))(getEnvironment, { id: environmentId });
  expect(axes.connection).toMatchObject({ status: 'refused', problem: { code: 'key_rejected', field: 'apiKey' } });
  expect(workflowCount).toBe(1);
  expect(await cached()).toMatchObject([{ presence: 'present' }]);
});

test('one refresh an environment: whoever comes second gets the job of one that reads that too, or is told', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const first = await developer(syncEnvironment, { id: environmentId });
  expect(first.alreadyRunning).toBe(false);
  expect(await developer(syncUsers, { id: environmentId })).toEqual({ jobId: first.jobId, alreadyRunning: true });
  expect(await work(kernel, tenant, first.jobId)).toMatchObject({ status: 'completed' });
  expect(await developer(syncTags, { id: environmentId })).toMatchObject({ alreadyRunning: false });
  await expect(developer(syncEnvironment, { id: environmentId })).rejects.toMatchObject({ code: 'another_running' });
});

test('a refresh that was interrupted goes on where it stood', async () => {
  for (const index of numbers(120)) instance.add(`Flow ${index}`);
  const developer = await as(kernel, tenant, 'developer');
  const { jobId } = await developer(syncEnvironment, { id: environmentId });
  const shutdown = new AbortController();
  const { listExecutions } = instance.provider;
  instance.provider.listExecutions = () => {
    shutdown.abort();
    throw shutdown.signal.reason;
  };
  expect(await work(kernel, tenant, jobId, shutdown.signal)).toMatchObject({ status: 'pending' });
  instance.forget();
  instance.provider.listExecutions = listExecutions;
  expect(await work(kernel, tenant, jobId)).toMatchObject({ status: 'completed' });
  expect(instance.calls).not.toContain('listWorkflows');
  expect(await cached()).toHaveLength(120);
});

test('a cancelled refresh stops between pages and keeps what it read', async () => {
  for (const index of numbers(300)) instance.add(`Flow ${index}`);
  const developer = await as(kernel, tenant, 'developer');
  const { jobId } = await developer(syncEnvironment, { id: environmentId });
  instance.betweenPages = async () => {
    instance.betweenPages = () => {};
    await developer(cancelBackgroundJob, { id: jobId });
    // The next sign of life is what tells the job.
    await new Promise((resolve) => setTimeout(resolve, 4_500));
  };
  expect(await work(kernel, tenant, jobId)).toMatchObject({ status: 'cancelled' });
  const count = (await cached()).length;
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(300);
});

test('open executions are asked for until they end, and known ones are not read again', async () => {
  const { id } = instance.add('Runs');
  instance.ran(1, id);
  instance.ran(2, id, 'running');
  instance.ran(3, id, 'running');
  await refresh(kernel, tenant, environmentId);
  instance.ran(2, id);
  instance.prune(3);
  instance.ran(4, id, 'error');
  // The newest page, which holds none of those that were open.
  for (const index of numbers(99)) instance.ran(index + 5, id);
  instance.forget();
  await refresh(kernel, tenant, environmentId);
  const rows = await inTenant((db) => db.execution.findMany({ orderBy: { n8nId: 'asc' }, take: 4 }));
  expect(rows.map(({ n8nId, status }) => [Number(n8nId), status])).toEqual([
    [1, 'success'],
    [2, 'success'],
    [3, 'unknown'],
    [4, 'error'],
  ]);
  expect(rows[0]).toMatchObject({ workflowName: 'Runs', durationMs: 250 });
  expect(instance.calls.filter((call) => call === 'getExecution')).toHaveLength(2);
});

test('credentials that cannot be listed are known from the workflows that use them', async () => {
  const detail = 'This n8n cannot list credentials.';
  instance.provider.listCredentials = async () => ({ supported: false, detail });
  const { id } = instance.add('Uses one');
  await refresh(kernel, tenant, environmentId);
  const credentials = () => inTenant((db) => db.credential.findMany());
  expect(await credentials()).toMatchObject([{ n8nId: 'cred-1', name: 'Shop API', source: 'harvested' }]);
  expect((await phases()).credentials).toMatchObject({ count: 1, problem: { code: 'harvested' } });
  instance.edit(id, { ...sampleDocument('Uses none'), nodes: [], connections: {} });
  await refresh(kernel, tenant, environmentId);
  expect(await credentials()).toEqual([]);
});

test('a listed credential is missing only after two lists without it', async () => {
  const item = { id: 'cred-9', name: 'Listed', type: 'smtp', createdAt: null, updatedAt: null };
  instance.credentials.push(item);
  await refresh(kernel, tenant, environmentId);
  instance.provider.listCredentials = async () => {
    instance.calls.push('listCredentials');
    const first = instance.calls.filter((call) => call === 'listCredentials').length === 1;
    return { supported: true, items: first ? [] : [item] };
  };
  instance.forget();
  await refresh(kernel, tenant, environmentId);
  const presence = () => inTenant(async (db) => (await db.credential.findMany()).map((one) => one.presence));
  expect(await presence()).toEqual(['present']);
  instance.provider.listCredentials = async () => ({ supported: true, items: [] });
  await refresh(kernel, tenant, environmentId);
  expect(await presence()).toEqual(['missing']);
});

test('names that PostgreSQL would refuse are kept without what it refuses, and the JSON as it came', async () => {
  const odd = instance.add('Od\u0000d \ud800 name');
  await refresh(kernel, tenant, environmentId);
  expect(await cached()).toMatchObject([{ n8nId: odd.id, name: 'Odd \ufffd name' }]);
  const bodies = await inTenant((db) => db.workflowBody.findMany());
  expect(bodies).toMatchObject([{ draft: odd.document, published: null }]);
});

test('a workflow has the same shape under other ids of its credentials; a row without one gets it though nothing moved', async () => {
  const here = instance.add('Orders');
  const there = structuredClone(here.document);
  there.nodes[1]!.credentials = { httpHeaderAuth: { id: 'cred-9', name: 'Shop API' } };
  instance.add('Orders', { document: there });
  await refresh(kernel, tenant, environmentId);
  const [one, other] = await cached();
  expect(one!.shapeDigest).toMatch(/^[0-9a-f]{64}$/);
  expect(one!.shapeDigest).toBe(other!.shapeDigest);
  expect(one!.logicDigest).not.toBe(other!.logicDigest);

  await inTenant((db) => db.workflow.update({ where: { id: one!.id }, data: { shapeDigest: null } }));
  const job = await refresh(kernel, tenant, environmentId);
  expect(job.result).toMatchObject({ phases: expect.arrayContaining([expect.objectContaining({ changed: 1 })]) });
  expect((await cached()).map(({ shapeDigest }) => shapeDigest)).toEqual([one!.shapeDigest, one!.shapeDigest]);
});

test('whatever is told of a refresh names its environment', async () => {
  instance.add('Orders');
  const job = await refresh(kernel, tenant, environmentId);
  const events = await kernel.database.asPlatform((db) =>
    db.outboxEvent.findMany({ where: { subject: job.id }, orderBy: { id: 'asc' } }),
  );
  expect(events.map(({ type }) => type)).toEqual(['job.created', ...events.slice(1).map(() => 'job.updated')]);
  expect(events.length).toBeGreaterThan(2);
  expect(events.map(({ payload }) => payload)).toEqual(events.map(() => ({ environmentId })));
});

test('the tick takes what is due, once, and leaves the rest', async () => {
  const other = await newEnvironment(kernel, tenant, 'not due');
  const past = new Date(Date.now() - 1_000);
  await inTenant((db) => db.environment.update({ where: { id: environmentId }, data: { nextSyncAt: past } }));
  const tick = () => runTick(kernel, 'sync-due', new AbortController().signal);
  await Promise.all([tick(), tick()]);
  const jobs = await inTenant((db) => db.backgroundJob.findMany());
  expect(jobs.map((job) => job.environmentId)).toEqual([environmentId]);
  const state = await (await as(kernel, tenant, 'viewer'))(getSyncState, { id: environmentId });
  expect(state.job).toMatchObject({ id: jobs[0]!.id, startedBy: 'sync-due' });
  expect(await (await as(kernel, tenant, 'viewer'))(getSyncState, { id: other })).toMatchObject({ job: null });
  expect(await (await as(kernel, tenant, 'viewer'))(getBackgroundJob, { id: jobs[0]!.id })).toMatchObject({
    status: 'pending',
  });
});

test('another instance under the same address counts its runs anew, and none is taken for one of before', async () => {
  const before = instance.add('Before');
  for (const id of [400, 401, 402]) instance.ran(id, before.id);
  await refresh(kernel, tenant, environmentId);
  instance = new ScriptedInstance();
  const after = instance.add('After');
  for (const index of numbers(150)) instance.ran(index + 1, after.id);
  instance.ran(400, after.id);
  await refresh(kernel, tenant, environmentId, syncExecutions);
  const runs = await inTenant((db) => db.execution.findMany({ where: { workflowN8nId: after.id } }));
  expect(runs).toHaveLength(151);
  const of400 = runs.find(({ n8nId }) => n8nId === 400n);
  expect(of400?.workflowName).not.toBe('Before');
  instance.ran(403, after.id);
  await refresh(kernel, tenant, environmentId, syncExecutions);
  expect(await inTenant((db) => db.execution.count({ where: { workflowN8nId: after.id } }))).toBe(152);
});
