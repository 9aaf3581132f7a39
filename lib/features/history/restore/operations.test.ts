import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readApprovedIndex } from '@/lib/features/change/approved-state/service';
import { newEnvironment, refresh, work } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance, sampleDocument } from '@/lib/features/inventory/instance.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { adoptEnvironment } from '../snapshots/approved-operations';
import { getSnapshot, listSnapshots, takeSnapshot } from '../snapshots/operations';
import type { SnapshotDetail } from '../snapshots/schema';
import {
  executeRestore,
  getRestore,
  listRestores,
  listWorkflowVersions,
  planRestore,
  previewRestore,
  rollBackWorkflow,
} from './operations';

let instance = new ScriptedInstance();
const registry = new Map([['n8n', { ...instance.kind, connect: () => instance.provider }]]);
const kernel: Kernel = openHouse({ ports: { providers: registry } });
let tenant: TestTenant;
let production: string;

beforeEach(async () => {
  instance = new ScriptedInstance();
  tenant = await newTenant(kernel);
  production = await newEnvironment(kernel, tenant, 'Shop', 'production');
});
afterAll(() => closeHouse(kernel));

const admin = () => as(kernel, tenant, 'admin');
const inTenant = <T>(run: (db: TenantDb) => Promise<T>) =>
  kernel.database.asTenant(tenant.id, (db) => run(db as TenantDb));
const take = async (environmentId = production): Promise<SnapshotDetail> => {
  const call = await admin();
  const job = await work(kernel, tenant, (await call(takeSnapshot, { environmentId })).jobId);
  return call(getSnapshot, { id: (job.result as { id: string }).id });
};
const fileOf = ({ workflows }: SnapshotDetail, name: string) => workflows.find((one) => one.name === name)!.file;
const retimed = (name: string): WorkflowDocument => ({
  ...sampleDocument(name),
  settings: { executionOrder: 'v1', timezone: 'UTC' },
});
const standing = (id: string) => instance.workflows.get(id)!;
const writes = () =>
  instance.calls.filter((method) => /^(create|update|archive|unarchive|publish|unpublish|set)/.test(method));
/** Plans, runs, and answers what became of it. */
const restore = async (id: string, input: object = {}) => {
  const call = await admin();
  const planned = await call(planRestore, { id, ...input });
  const { jobId } = await call(executeRestore, {
    environment_id: planned.environment.id,
    restoreId: planned.id,
    digest: planned.plan.digest,
  });
  const job = await work(kernel, tenant, jobId);
  expect(job).toMatchObject({ status: 'completed', error: null });
  return call(getRestore, { id: planned.id });
};

describe('a plan', () => {
  test('says what would be written, and writes nothing by saying it', async () => {
    const orders = instance.add('Orders');
    instance.add('Stays');
    const snapshot = await take();
    instance.edit(orders.id, retimed('Orders'));
    instance.add('Since');
    instance.forget();
    const call = await admin();
    const preview = await call(previewRestore, { environment_id: production, snapshotId: snapshot.id });
    expect(preview).toMatchObject({
      workflows: [{ name: 'Orders', action: 'update', n8nId: orders.id }],
      unchanged: 1,
      left: ['Since'],
      restore: { allowed: true },
      plan: { steps: [{ action: 'update', method: 'PUT', workflowId: orders.id }] },
    });
    const planned = await call(planRestore, { id: snapshot.id });
    expect(planned).toMatchObject({ status: 'planned', run: null, execute: { allowed: true } });
    expect(planned.plan.digest).toBe(preview.plan.digest);
    expect(writes()).toEqual([]);
    expect((await call(listRestores, { environmentId: production })).items).toMatchObject([{ id: planned.id }]);
  });

  test('archives what the snapshot has not, when asked to', async () => {
    instance.add('Orders');
    const snapshot = await take();
    const since = instance.add('Since');
    const done = await restore(snapshot.id, { removeOthers: true });
    expect(done).toMatchObject({ status: 'completed', left: [], workflows: [{ name: 'Since', action: 'archive' }] });
    expect(standing(since.id).archived).toBe(true);
  });

  test('of nothing cannot be run', async () => {
    instance.add('Orders');
    const { id } = await take();
    const call = await admin();
    const planned = await call(planRestore, { id });
    expect(planned).toMatchObject({ problems: [{ code: 'nothing_differs' }], execute: { allowed: false } });
    const attempt = call(executeRestore, { environment_id: production, restoreId: planned.id });
    await expect(attempt).rejects.toMatchObject({ rule: 'nothing_differs' });
  });

  test('names a file that the snapshot has not, and credentials that are gone', async () => {
    const orders = instance.add('Orders');
    await refresh(kernel, tenant, production);
    const snapshot = await take();
    instance.edit(orders.id, { ...sampleDocument('Orders'), nodes: [], connections: {} });
    await inTenant((db) => db.credential.updateMany({ data: { presence: 'missing' } }));
    const call = await admin();
    await expect(call(planRestore, { id: snapshot.id, files: ['nothing-00000000.json'] })).rejects.toMatchObject({
      errors: [{ path: 'files' }],
    });
    expect((await call(planRestore, { id: snapshot.id })).problems).toMatchObject([
      { code: 'credential_missing', severity: 'warning', name: 'Orders' },
    ]);
  });

  test('takes an admin in production, and a plan that was looked at', async () => {
    const orders = instance.add('Orders');
    const snapshot = await take();
    instance.edit(orders.id, retimed('Orders'));
    const developer = await as(kernel, tenant, 'developer');
    await expect(developer(planRestore, { id: snapshot.id })).rejects.toMatchObject({ rule: 'role_for_class' });
    const preview = await developer(previewRestore, { environment_id: production, snapshotId: snapshot.id });
    expect(preview.restore).toMatchObject({ allowed: false, allowedBy: expect.stringContaining('admin') });
    const call = await admin();
    const { id: restoreId } = await call(planRestore, { id: snapshot.id });
    const attempt = call(executeRestore, { environment_id: production, restoreId, digest: 'a'.repeat(64) });
    await expect(attempt).rejects.toMatchObject({ code: 'plan_changed' });
    await expect((await as(kernel, tenant, 'viewer'))(planRestore, { id: snapshot.id })).rejects.toMatchObject({
      code: 'missing_role',
    });
  });
});

describe('restoring', () => {
  test('brings the whole environment back, publish state and tags with it, and keeps what ran before', async () => {
    instance.tags.push({ id: 't', name: 'shop' });
    const orders = instance.add('Orders', { tags: [{ id: 't', name: 'shop' }] });
    await instance.provider.publishWorkflow(orders.id);
    const refunds = instance.add('Refunds');
    const snapshot = await take();
    await instance.provider.unpublishWorkflow(orders.id);
    instance.edit(orders.id, retimed('Orders'));
    await instance.provider.setWorkflowTags(orders.id, []);
    instance.edit(refunds.id, { ...sampleDocument('Refunds'), name: 'Renamed' });
    const done = await restore(snapshot.id);
    expect(done).toMatchObject({ status: 'completed', outcome: { problems: [] } });
    expect(standing(orders.id)).toMatchObject({ tags: [{ name: 'shop' }], published: expect.any(Object) });
    expect(standing(orders.id).document.settings.timezone).not.toBe('UTC');
    expect(standing(refunds.id).document.name).toBe('Refunds');
    const call = await admin();
    const before = await call(getSnapshot, { id: done.preSnapshotId! });
    expect(before).toMatchObject({
      kind: 'pre_restore',
      workflows: [{ name: 'Orders', active: false }, { name: 'Renamed' }],
    });
    const after = await call(getSnapshot, { id: done.postSnapshotId! });
    expect(after).toMatchObject({
      kind: 'restore',
      workflows: [{ name: 'Orders', active: true }, { name: 'Refunds' }],
    });
  });

  test('one workflow leaves the others alone', async () => {
    const [orders, refunds] = [instance.add('Orders'), instance.add('Refunds')];
    const snapshot = await take();
    instance.edit(orders.id, retimed('Orders'));
    const edited = instance.edit(refunds.id, retimed('Refunds'));
    const done = await restore(snapshot.id, { files: [fileOf(snapshot, 'Orders')] });
    expect(done).toMatchObject({ status: 'completed', workflows: [{ name: 'Orders' }], left: [] });
    expect(standing(orders.id).document.settings.timezone).not.toBe('UTC');
    expect(standing(refunds.id)).toEqual(edited);
  });

  test('a workflow goes back to one of its versions, by its own name', async () => {
    const orders = instance.add('Orders');
    await take();
    instance.edit(orders.id, retimed('Orders'));
    await take();
    instance.edit(orders.id, { ...sampleDocument('Orders'), nodes: [], connections: {} });
    await refresh(kernel, tenant, production);
    const [row] = await inTenant((db) => db.workflow.findMany());
    const call = await admin();
    const { items } = await call(listWorkflowVersions, { workflow_id: row!.id });
    expect(items).toHaveLength(2);
    const input = { workflowId: row!.id, snapshotId: items[1]!.id, execute: true };
    const started = await call(rollBackWorkflow, input);
    expect(started).toMatchObject({ status: 'running', jobId: expect.any(String) });
    await work(kernel, tenant, started.jobId!);
    expect(standing(orders.id).document.settings.timezone).not.toBe('UTC');
    expect(standing(orders.id).document.nodes).toHaveLength(2);
  });

  test('makes a deleted workflow anew; those that are restored with it call it by its new id, and it keeps its lineage', async () => {
    const child = instance.add('Child');
    const caller = sampleDocument('Parent');
    caller.nodes.push({
      ...{ id: 'n3', name: 'Call', type: 'n8n-nodes-base.executeWorkflow', typeVersion: 1, position: [0, 0] },
      parameters: { workflowId: child.id },
    });
    const parent = instance.add('Parent', { document: caller });
    const adopted = await (await admin())(adoptEnvironment, { id: production });
    await work(kernel, tenant, adopted.jobId);
    const snapshot = await take();
    instance.workflows.delete(child.id);
    const done = await restore(snapshot.id);
    expect(done).toMatchObject({
      status: 'completed',
      workflows: expect.arrayContaining([expect.objectContaining({ name: 'Child', action: 'create' })]),
      problems: [{ code: 'new_id', name: 'Child' }],
    });
    const made = [...instance.workflows.values()].find(({ document }) => document.name === 'Child')!;
    expect(made.id).not.toBe(child.id);
    const call = standing(parent.id).document.nodes.find(({ name }) => name === 'Call');
    expect(call!.parameters).toEqual({ workflowId: made.id });
    const index = await inTenant((db) => readApprovedIndex(db, production));
    expect(index!.entries.find(({ name }) => name === 'Child')!.n8nId).toBe(made.id);
  });

  test('moves the approved state where there is one, and makes none where there is none', async () => {
    const orders = instance.add('Orders');
    const call = await admin();
    await work(kernel, tenant, (await call(adoptEnvironment, { id: production })).jobId);
    const adopted = await inTenant((db) => readApprovedIndex(db, production));
    const first = await take();
    instance.edit(orders.id, retimed('Orders'));
    await work(kernel, tenant, (await call(adoptEnvironment, { id: production })).jobId);
    await restore(first.id);
    const index = await inTenant((db) => readApprovedIndex(db, production));
    expect(index!.entries[0]!.logicDigest).toBe(adopted!.entries[0]!.logicDigest);
    const [commit] = await kernel.ports.approvedStore.forTenant(tenant.id).log();
    expect(commit).toMatchObject({
      subject: expect.stringContaining('Restore Shop to the snapshot of'),
      trailers: { actor: `user:${tenant.people.admin.id}` },
    });

    const staging = await newEnvironment(kernel, tenant, 'Stage', 'staging');
    const there = await take(staging);
    instance.edit(orders.id, retimed('Orders'));
    await restore(there.id);
    expect(await inTenant((db) => readApprovedIndex(db, staging))).toBeNull();
  });

  test('writes nothing over what somebody changed since it was planned', async () => {
    const orders = instance.add('Orders');
    const snapshot = await take();
    instance.edit(orders.id, retimed('Orders'));
    const call = await admin();
    const planned = await call(planRestore, { id: snapshot.id });
    const edited = instance.edit(orders.id, { ...retimed('Orders'), name: 'Theirs' });
    const { jobId } = await call(executeRestore, { environment_id: production, restoreId: planned.id });
    await work(kernel, tenant, jobId);
    expect(await call(getRestore, { id: planned.id })).toMatchObject({
      status: 'failed',
      outcome: { problems: [{ code: 'target_changed', name: expect.any(String) }] },
      postSnapshotId: null,
    });
    expect(standing(orders.id)).toEqual(edited);
  });

  test('is started once, however many ask', async () => {
    const orders = instance.add('Orders');
    const snapshot = await take();
    instance.edit(orders.id, retimed('Orders'));
    const call = await admin();
    const { id: restoreId } = await call(planRestore, { id: snapshot.id });
    const attempts = Array.from({ length: 10 }, () =>
      call(executeRestore, { environment_id: production, restoreId }).then(
        ({ jobId }) => jobId,
        (error) => error.code,
      ),
    );
    const answers = await Promise.all(attempts);
    const started = answers.filter((answer) => answer !== 'already_started');
    expect(started).toHaveLength(1);
    await work(kernel, tenant, started[0]);
    expect(writes()).toEqual(['updateWorkflow']);
  });

  test('delivered again after it was done, or killed on the way, does everything once', async () => {
    const orders = instance.add('Orders');
    const snapshot = await take();
    instance.edit(orders.id, retimed('Orders'));
    const call = await admin();
    const planned = await call(planRestore, { id: snapshot.id, execute: true });
    // The first delivery dies when the writes are done and nothing of it has been noted.
    const list = instance.provider.listWorkflows;
    let reads = 0;
    instance.provider.listWorkflows = (options) => {
      reads += 1;
      if (reads === 2) throw new Error('killed');
      return list(options);
    };
    await work(kernel, tenant, planned.jobId!);
    expect(await call(getRestore, { id: planned.id })).toMatchObject({ status: 'running' });
    await kernel.database.asPlatform((db) => db.backgroundJob.updateMany({ data: { runAfter: new Date() } }));
    const job = await work(kernel, tenant, planned.jobId!);
    expect(job).toMatchObject({ status: 'completed' });
    expect(await call(getRestore, { id: planned.id })).toMatchObject({ status: 'completed' });
    expect(writes()).toEqual(['updateWorkflow']);
    const { items } = await call(listSnapshots, { environmentId: production });
    expect(items.map(({ kind }) => kind).sort()).toEqual(['manual', 'pre_restore', 'restore']);
  });

  test('a restore of another tenant is not there', async () => {
    const orders = instance.add('Orders');
    const snapshot = await take();
    instance.edit(orders.id, retimed('Orders'));
    const planned = await (await admin())(planRestore, { id: snapshot.id });
    const stranger = await as(kernel, await newTenant(kernel), 'admin');
    for (const attempt of [
      () => stranger(getRestore, { id: planned.id }),
      () => stranger(planRestore, { id: snapshot.id }),
      () => stranger(previewRestore, { environment_id: production, snapshotId: snapshot.id }),
      () => stranger(executeRestore, { environment_id: production, restoreId: planned.id }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' });
    }
  });
});
