import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { upstream } from '@/lib/core/errors';
import { newEnvironment } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance, sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { listWorkflows } from '@/lib/features/inventory/workflows/operations';
import { deactivateWorkflow } from '@/lib/features/inventory/workflows/write-operations';
import { runTick } from '@/lib/kernel/jobs/tick';
import { type TenantDb, tenantTransaction } from '@/lib/kernel/tenant-transaction';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { ListPage } from '@/lib/ports/workflow-provider';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { IS_FULL } from '@/lib/testing/sample';
import { edited, goLive, live, openDriftHouse, tidied, Watched } from '../drift.fixture';
import { updateDriftPolicy } from '../drift-policies/operations';
import { getIncident, listIncidents } from '../incidents/operations';
import { getWorkflowDrift } from './operations';
import { readInventory } from './reading';

const { kernel, place } = openDriftHouse();
let instance: ScriptedInstance;
let tenant: TestTenant;

beforeEach(async () => {
  instance = new ScriptedInstance();
  place.instance = instance;
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
/** As n8n pages: by place, in a list that loses and gains rows under the reader and whose order moves. */
async function* shiftingPages(
  from: ScriptedInstance,
  kept: ReadonlySet<string>,
): AsyncGenerator<ListPage<RemoteWorkflow>> {
  const rows = () => [...from.workflows.values()];
  for (let offset = 0, seen = 0; ; offset += 10) {
    const items = structuredClone(rows().slice(offset, offset + 10));
    seen += items.length;
    const complete = items.length < 10;
    yield { items, seen, requests: 1, ...(complete ? { complete } : {}) };
    if (complete) return;
    const doomed = rows().find(({ id }) => !kept.has(id));
    if (doomed) from.workflows.delete(doomed.id);
    else from.add('Doomed again');
    const [first] = rows();
    from.workflows.delete(first!.id);
    from.workflows.set(first!.id, first!);
  }
}

const incidentOf = async (watched: Watched) => {
  const developer = await as(kernel, tenant, 'developer');
  const { items } = await developer(listIncidents, { environmentId: watched.id, open: true });
  return items[0] ? developer(getIncident, { id: items[0].id }) : null;
};
const idOf = async (name: string) => {
  const { items } = await (await as(kernel, tenant, 'viewer'))(listWorkflows, { search: name });
  return items[0]!.id;
};

test('of a thousand workflows with ten real edits and two hundred cosmetic ones exactly the ten are drift, each as what it is', async () => {
  const all = numbers(1_000).map((at) => live(instance, `Flow ${at}`));
  const watched = await Watched.adopt(kernel, tenant);
  for (const { id, document } of all.slice(100, 300)) instance.edit(id, tidied(document.name));
  const expected = new Map<string, string>();
  const touch = (at: number, driftClass: string, change: (id: string, name: string) => void) => {
    const { id, document } = all[at]!;
    expected.set(document.name, driftClass);
    change(id, document.name);
  };
  const state = (id: string, change: object) =>
    instance.save({ ...instance.workflows.get(id)!, ...change, updatedAt: instance.now() });
  touch(0, 'edited', (id, name) => instance.edit(id, edited(name)));
  touch(1, 'edited', (id, name) => {
    instance.edit(id, edited(name));
    goLive(instance, id);
  });
  touch(2, 'published_without_promotion', (id, name) => {
    const { versionId } = instance.workflows.get(id)!;
    const { nodes, connections } = edited(name);
    state(id, { published: { nodes, connections, versionId: `${versionId}-other`, name: null, publishedAt: null } });
  });
  touch(3, 'deactivated', (id) => state(id, { published: null }));
  touch(4, 'deactivated', (id) => state(id, { published: null, archived: true }));
  touch(5, 'deleted', (id) => instance.workflows.delete(id));
  touch(6, 'credential_rebound', (id, name) => {
    const document = sampleDocument(name);
    document.nodes[1]!.credentials = { httpHeaderAuth: { id: 'cred-2', name: 'Shop API' } };
    instance.edit(id, document);
  });
  touch(7, 'settings', (id, name) => {
    instance.edit(id, { ...sampleDocument(name), settings: { executionOrder: 'v1', timezone: 'Asia/Tokyo' } });
    goLive(instance, id);
  });
  touch(8, 'tags', (id) => state(id, { tags: [{ id: 't1', name: 'urgent' }] }));
  touch(9, 'edited', (id, name) => instance.edit(id, edited(name, 'https://third.example.com')));

  const job = await watched.check();
  expect(job).toMatchObject({ status: 'completed', result: { status: 'drifted', driftedCount: 10 } });
  const incident = await incidentOf(watched);
  expect(new Map(incident!.affectedWorkflows.map(({ name, driftClass }) => [name, driftClass]))).toEqual(expected);
  expect(incident!.affectedWorkflows.every(({ sentences }) => sentences.length > 0)).toBe(true);
  expect(await watched.environment()).toMatchObject({ driftStatus: 'drifted', driftCount: 10, driftProblem: null });
}, 120_000);

test('an environment without a baseline is grey, never drift, and its instance is not even read', async () => {
  live(instance, 'Lonely');
  const watched = new Watched(kernel, tenant, await newEnvironment(kernel, tenant, 'eu-main', 'production'));
  instance.forget();
  expect(await watched.check()).toMatchObject({ status: 'completed', result: { status: 'no_baseline' } });
  expect(await watched.environment()).toMatchObject({ driftStatus: 'no_baseline', driftCount: null });
  expect(await incidentOf(watched)).toBeNull();
  expect(instance.calls).toEqual([]);
});

test('a failed check moves neither the status nor its age, and is history', async () => {
  const { id, document } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  instance.edit(id, edited(document.name));
  await watched.check();
  const before = await watched.environment();
  instance.broken.set('listWorkflows', 'key_rejected');
  expect(await watched.check()).toMatchObject({ status: 'failed', error: { code: 'key_rejected' } });
  const after = await watched.environment();
  expect(after).toMatchObject({ driftStatus: 'drifted', driftFailures: 1, driftProblem: { code: 'key_rejected' } });
  expect(after.driftCheckedAt).toEqual(before.driftCheckedAt);
  expect(after.nextDriftCheckAt.getTime()).toBeGreaterThan(Date.now() + 500_000);
  const checks = await watched.read((db) => db.driftCheck.findMany({ orderBy: { startedAt: 'asc' } }));
  expect(checks.map(({ status }) => status)).toEqual(['drifted', 'failed']);
  instance.broken.clear();
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted' } });
  expect(await watched.environment()).toMatchObject({ driftFailures: 0, driftProblem: null });
});

test('while git cannot be read, what was found before still stands, as old as it is', async () => {
  const { id, document } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  instance.edit(id, edited(document.name));
  await watched.check();
  const before = await watched.environment();
  const stores = kernel.ports.approvedStore;
  const forTenant = vi.spyOn(stores, 'forTenant').mockImplementation((tenantId) => {
    throw upstream(`No store of ${tenantId} answers.`, { code: 'store_unreachable' });
  });
  const { id: jobId, status } = await watched.check();
  await watched.read((db) => db.backgroundJob.update({ where: { id: jobId }, data: { runAfter: new Date(0) } }));
  const failed = await watched.outcome(jobId);
  forTenant.mockRestore();
  expect([status, failed.status, failed.error!.code]).toEqual(['pending', 'failed', 'store_unreachable']);
  const after = await watched.environment();
  expect(after).toMatchObject({ driftStatus: 'drifted', driftCount: 1, driftFailures: 1 });
  expect(after.driftProblem).toMatchObject({ code: 'store_unreachable' });
  expect(after.driftCheckedAt).toEqual(before.driftCheckedAt);
  expect(await incidentOf(watched)).toMatchObject({ status: 'detected', openCount: 1 });
});

test('in reading after reading of a list that rows leave and join meanwhile, none that is there counts as deleted', async () => {
  const kept = numbers(30).map((at) => live(instance, `Kept ${at}`).id);
  for (const at of numbers(10)) instance.add(`Doomed ${at}`);
  const watched = await Watched.adopt(kernel, tenant);
  instance.provider.listWorkflows = () => shiftingPages(instance, new Set(kept));
  const approved = new Set(kept);
  const author = { actor: { type: 'system', id: null, label: 'test' } as const, requestId: 'test' };
  const reading = {
    environmentId: watched.id,
    provider: instance.provider,
    signal: new AbortController().signal,
    tx: <T>(work: (db: TenantDb) => Promise<T>) =>
      tenantTransaction({ database: kernel.database, tenantId: tenant.id, author }, work),
  };
  const missing = () =>
    watched.read((db) => db.workflow.count({ where: { n8nId: { in: kept }, presence: 'missing' } }));
  let unseen = 0;
  for (const _ of numbers(IS_FULL ? 200 : 50)) {
    unseen += (await readInventory(reading, Promise.resolve(approved))) < kept.length ? 1 : 0;
    expect(await missing()).toBe(0);
  }
  expect(unseen).toBeGreaterThan(0);
  instance.workflows.delete(kept[0]!);
  await watched.check();
  const deleted = await watched.read((db) => db.driftFlag.findMany({ where: { driftClass: 'deleted' } }));
  expect(deleted.map(({ n8nId }) => n8nId).filter((id) => approved.has(id!))).toEqual([kept[0]]);
}, 240_000);

test('the same drift is one incident, whose flags are written once; another edit moves both', async () => {
  const { id, document } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  instance.edit(id, edited(document.name));
  for (const _ of numbers(3)) await watched.check();
  const first = await incidentOf(watched);
  expect(first!.timeline.map(({ type }) => type)).toEqual(['detected']);
  const counts = () => watched.read(async (db) => [await db.driftCheck.count(), await db.driftFlag.count()]);
  expect(await counts()).toEqual([3, 1]);
  instance.edit(id, edited(document.name, 'https://third.example.com'));
  await watched.check();
  const second = await incidentOf(watched);
  expect(second).toMatchObject({ id: first!.id, version: first!.version + 1 });
  expect(second!.driftDigest).not.toBe(first!.driftDigest);
  expect(await counts()).toEqual([4, 2]);
});

test('drift that somebody undoes in n8n closes its incident as undone', async () => {
  const { id, document } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  instance.edit(id, edited(document.name));
  await watched.check();
  const incident = await incidentOf(watched);
  instance.edit(id, sampleDocument(document.name));
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
  const closed = await (await as(kernel, tenant, 'viewer'))(getIncident, { id: incident!.id });
  expect(closed).toMatchObject({ status: 'closed', resolution: 'undone' });
  expect(closed.timeline.at(-1)).toMatchObject({ type: 'closed' });
});

test('what an admin switches off through us with a reason is expected, not drift', async () => {
  const { document } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  const id = await idOf(document.name);
  // Approval times are told to the second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await (await as(kernel, tenant, 'admin'))(deactivateWorkflow, { id, reason: 'Season is over' });
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
  expect(await (await as(kernel, tenant, 'viewer'))(getWorkflowDrift, { id })).toMatchObject({
    status: 'expected',
    difference: { driftClass: 'deactivated', expected: { by: 'action', reason: 'Season is over' } },
  });
});

test('a workflow that nobody approved is counted; where the policy is strict it is drift', async () => {
  live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  live(instance, 'Stranger');
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
  expect(await watched.read((db) => db.driftCheck.findFirst())).toMatchObject({ unmanagedCount: 1, driftedCount: 0 });
  await (await as(kernel, tenant, 'admin'))(updateDriftPolicy, { template: 'strict' });
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted', driftedCount: 1 } });
  const drift = await (await as(kernel, tenant, 'viewer'))(getWorkflowDrift, { id: await idOf('Stranger') });
  expect(drift).toMatchObject({ status: 'unmanaged', difference: { driftClass: 'unmanaged', severity: 'medium' } });
});

test('a page about one workflow has the difference in words, and the approved version to draw it with', async () => {
  const { id, document } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  const viewer = await as(kernel, tenant, 'viewer');
  const ours = await idOf(document.name);
  expect(await viewer(getWorkflowDrift, { id: ours })).toMatchObject({ status: 'unknown', checkedAt: null });
  await watched.check();
  expect(await viewer(getWorkflowDrift, { id: ours })).toMatchObject({ status: 'in_sync', difference: null });
  instance.edit(id, edited(document.name));
  await watched.check();
  const drift = await viewer(getWorkflowDrift, { id: ours });
  expect(drift).toMatchObject({ status: 'drifted', incidentId: (await incidentOf(watched))!.id });
  expect(drift.difference!.sentences.join()).toContain('elsewhere.example.com');
  expect(drift.approvedDocument).toMatchObject({ name: document.name });
});

test('the tick takes what is due, once, tenant by tenant, and never dev', async () => {
  const [ours, theirs] = [tenant, await newTenant(kernel)];
  const mine = [await Watched.adopt(kernel, ours), await Watched.adopt(kernel, ours, 'staging')];
  const other = await Watched.adopt(kernel, theirs);
  const dev = await kernel.database.asTenant(ours.id, (db) =>
    db.environment.update({ where: { id: mine[1]!.id }, data: { class: 'dev' } }),
  );
  const past = new Date(0);
  await kernel.database.asPlatform((db) =>
    db.environment.updateMany({
      where: { id: { in: [mine[0]!.id, dev.id, other.id] } },
      data: { nextDriftCheckAt: past },
    }),
  );
  const tick = () => runTick(kernel, 'drift-due', new AbortController().signal);
  await Promise.all([tick(), tick()]);
  const jobs = await kernel.database.asPlatform((db) =>
    db.backgroundJob.findMany({
      where: { type: 'drift-check', environmentId: { in: [mine[0]!.id, dev.id, other.id] } },
    }),
  );
  expect(jobs.map(({ environmentId }) => environmentId).sort()).toEqual([mine[0]!.id, other.id].sort());
});
