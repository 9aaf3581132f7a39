import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readApprovedIndex } from '@/lib/features/change/approved-state/service';
import { newEnvironment, refresh } from '@/lib/features/inventory/environment.fixture';
import { sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { ProviderError } from '@/lib/ports/provider-error';
import type { WorkflowGraph } from '@/lib/ports/remote-workflow';
import { as, closeHouse, newTenant } from '@/lib/testing/house';
import { HistoryHouse, leaky, retimed } from '../history.fixture';
import { adoptEnvironment } from '../snapshots/approved-operations';
import { getSnapshot, listSnapshots } from '../snapshots/operations';
import type { SnapshotDetail } from '../snapshots/schema';
import {
  executeRestore,
  getRestore,
  listWorkflowVersions,
  planRestore,
  previewRestore,
  rollBackWorkflow,
} from './operations';

const house = new HistoryHouse();
let production: string;

beforeEach(async () => {
  await house.begin();
  production = await newEnvironment(house.kernel, house.tenant, 'Shop', 'production');
});
afterAll(() => closeHouse(house.kernel));

const admin = () => house.as('admin');
const standing = (id: string) => house.instance.workflows.get(id)!;
const take = () => house.take(production);
const writes = () =>
  house.instance.calls.filter((method) => /^(create|update|archive|unarchive|publish|unpublish|set)/.test(method));
const fileOf = ({ workflows }: SnapshotDetail, name: string) => workflows.find((one) => one.name === name)!.file;
const readded = (name: string, webhookId: string | undefined = 'another') => {
  const document = sampleDocument(name);
  document.nodes[0]!.webhookId = webhookId;
  return document;
};
const webhookIdOf = ({ nodes }: WorkflowGraph) => nodes.find(({ name }) => name === 'Receive')!.webhookId;
/** Plans, runs, and answers what became of it. */
const restore = async (id: string, input: object = {}) => {
  const call = await admin();
  const planned = await call(planRestore, { id, ...input });
  const { jobId } = await call(executeRestore, {
    environment_id: planned.environment.id,
    restoreId: planned.id,
    digest: planned.plan.digest,
  });
  const job = await house.work(jobId);
  expect(job).toMatchObject({ status: 'completed', error: null });
  return call(getRestore, { id: planned.id });
};

describe('restoring', () => {
  test('brings the whole environment back, publish state and tags with it, and keeps what ran before', async () => {
    house.instance.tags.push({ id: 't', name: 'shop' });
    const orders = house.instance.add('Orders', { tags: [{ id: 't', name: 'shop' }] });
    await house.instance.provider.publishWorkflow(orders.id);
    const refunds = house.instance.add('Refunds');
    const snapshot = await take();
    await house.instance.provider.unpublishWorkflow(orders.id);
    house.instance.edit(orders.id, retimed('Orders'));
    await house.instance.provider.setWorkflowTags(orders.id, []);
    house.instance.edit(refunds.id, { ...sampleDocument('Refunds'), name: 'Renamed' });
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

  test('brings webhook ids back, of which addresses are made, to the draft and to what runs', async () => {
    const [live, draft] = [house.instance.add('Live'), house.instance.add('Draft')];
    await house.instance.provider.publishWorkflow(live.id);
    const snapshot = await take();
    house.instance.edit(draft.id, readded('Draft'));
    house.instance.edit(live.id, readded('Live'));
    await house.instance.provider.publishWorkflow(live.id);
    const done = await restore(snapshot.id);
    expect(done).toMatchObject({ status: 'completed', outcome: { problems: [] } });
    expect(done.plan.steps.map(({ action }) => action)).toEqual(['update', 'update', 'publish', 'probe']);
    expect(webhookIdOf(standing(draft.id).document)).toBe('w1');
    expect(webhookIdOf(standing(live.id).published!)).toBe('w1');
    const again = await (await admin())(planRestore, { id: snapshot.id });
    expect(again).toMatchObject({ problems: [{ code: 'nothing_differs' }] });
  });

  test.each(['another', ''])('that is taken back gives back the webhook ids that it found (%j)', async (found) => {
    const both = [house.instance.add('A'), house.instance.add('B')];
    const snapshot = await take();
    for (const { id, document } of both) house.instance.edit(id, readded(document.name, found));
    const { updateWorkflow } = house.instance.provider;
    let sent = 0;
    house.instance.provider.updateWorkflow = async (...args) => {
      sent += 1;
      if (sent === 2) throw new ProviderError('content_rejected', 'Not this one.');
      return updateWorkflow(...args);
    };
    expect(await restore(snapshot.id)).toMatchObject({ status: 'rolled_back' });
    expect(sent).toBe(3);
    expect(both.map(({ id }) => webhookIdOf(standing(id).document))).toEqual([found, found]);
  });

  test('says where secrets stand in what it kept before it wrote, never what they are', async () => {
    const orders = house.instance.add('Orders');
    const snapshot = await take();
    house.instance.edit(orders.id, leaky('Orders'));
    const done = await restore(snapshot.id);
    expect(done.outcome).toMatchObject({ secrets: [{ workflow: 'Orders', node: 'Ask', path: 'parameters.apiKey' }] });
    const action = { in: ['snapshot.secrets-found', 'restore.finished'] };
    const entries = await house.inTenant((db) => db.auditEvent.findMany({ where: { action } }));
    expect(entries.map(({ details }) => details)).toEqual(
      Array(2).fill(expect.objectContaining({ secrets: ['Orders, Ask: parameters.apiKey'] })),
    );
    expect(JSON.stringify([done.outcome, entries.map(({ details }) => details)])).not.toContain('51H8');
  });

  test('archives what the snapshot has not, when asked to', async () => {
    house.instance.add('Orders');
    const snapshot = await take();
    const since = house.instance.add('Since');
    const done = await restore(snapshot.id, { removeOthers: true });
    expect(done).toMatchObject({ status: 'completed', left: [], workflows: [{ name: 'Since', action: 'archive' }] });
    expect(standing(since.id).archived).toBe(true);
  });

  test('one workflow leaves the others alone', async () => {
    const [orders, refunds] = [house.instance.add('Orders'), house.instance.add('Refunds')];
    const snapshot = await take();
    house.instance.edit(orders.id, retimed('Orders'));
    const edited = house.instance.edit(refunds.id, retimed('Refunds'));
    const done = await restore(snapshot.id, { files: [fileOf(snapshot, 'Orders')] });
    expect(done).toMatchObject({ status: 'completed', workflows: [{ name: 'Orders' }], left: [] });
    expect(standing(orders.id).document.settings.timezone).not.toBe('UTC');
    expect(standing(refunds.id)).toEqual(edited);
  });

  test('a workflow goes back to one of its versions, by its own name', async () => {
    const orders = house.instance.add('Orders');
    await take();
    house.instance.edit(orders.id, retimed('Orders'));
    await take();
    house.instance.edit(orders.id, { ...sampleDocument('Orders'), nodes: [], connections: {} });
    await refresh(house.kernel, house.tenant, production);
    const [row] = await house.inTenant((db) => db.workflow.findMany());
    const call = await admin();
    const { items } = await call(listWorkflowVersions, { workflow_id: row!.id });
    expect(items).toHaveLength(2);
    const input = { workflowId: row!.id, snapshotId: items[1]!.id, execute: true };
    const started = await call(rollBackWorkflow, input);
    expect(started).toMatchObject({ status: 'running', jobId: expect.any(String) });
    await house.work(started.jobId!);
    expect(standing(orders.id).document.settings.timezone).not.toBe('UTC');
    expect(standing(orders.id).document.nodes).toHaveLength(2);
  });

  test('makes a deleted workflow anew; those that are restored with it call it by its new id, and it keeps its lineage', async () => {
    const child = house.instance.add('Child');
    const caller = sampleDocument('Parent');
    caller.nodes.push({
      ...{ id: 'n3', name: 'Call', type: 'n8n-nodes-base.executeWorkflow', typeVersion: 1, position: [0, 0] },
      parameters: { workflowId: child.id },
    });
    const parent = house.instance.add('Parent', { document: caller });
    const adopted = await (await admin())(adoptEnvironment, { id: production });
    await house.work(adopted.jobId);
    const snapshot = await take();
    house.instance.workflows.delete(child.id);
    const done = await restore(snapshot.id);
    expect(done).toMatchObject({
      status: 'completed',
      workflows: expect.arrayContaining([expect.objectContaining({ name: 'Child', action: 'create' })]),
      problems: [{ code: 'new_id', name: 'Child' }],
    });
    const made = [...house.instance.workflows.values()].find(({ document }) => document.name === 'Child')!;
    expect(made.id).not.toBe(child.id);
    const call = standing(parent.id).document.nodes.find(({ name }) => name === 'Call');
    expect(call!.parameters).toEqual({ workflowId: made.id });
    const index = await house.inTenant((db) => readApprovedIndex(db, production));
    expect(index!.entries.find(({ name }) => name === 'Child')!.n8nId).toBe(made.id);
  });

  test('moves the approved state where there is one, and makes none where there is none', async () => {
    const orders = house.instance.add('Orders');
    const call = await admin();
    await house.work((await call(adoptEnvironment, { id: production })).jobId);
    const adopted = await house.inTenant((db) => readApprovedIndex(db, production));
    const first = await take();
    house.instance.edit(orders.id, retimed('Orders'));
    await house.work((await call(adoptEnvironment, { id: production })).jobId);
    await restore(first.id);
    const index = await house.inTenant((db) => readApprovedIndex(db, production));
    expect(index!.entries[0]!.logicDigest).toBe(adopted!.entries[0]!.logicDigest);
    const [commit] = await house.kernel.ports.approvedStore.forTenant(house.tenant.id).log();
    expect(commit).toMatchObject({
      subject: expect.stringContaining('Restore Shop to the snapshot of'),
      trailers: { actor: `user:${house.tenant.people.admin.id}` },
    });

    const staging = await newEnvironment(house.kernel, house.tenant, 'Stage', 'staging');
    const there = await house.take(staging);
    house.instance.edit(orders.id, retimed('Orders'));
    await restore(there.id);
    expect(await house.inTenant((db) => readApprovedIndex(db, staging))).toBeNull();
  });

  test('writes nothing over what somebody changed since it was planned', async () => {
    const orders = house.instance.add('Orders');
    const snapshot = await take();
    house.instance.edit(orders.id, retimed('Orders'));
    const call = await admin();
    const planned = await call(planRestore, { id: snapshot.id });
    const edited = house.instance.edit(orders.id, { ...retimed('Orders'), name: 'Theirs' });
    const { jobId } = await call(executeRestore, { environment_id: production, restoreId: planned.id });
    await house.work(jobId);
    expect(await call(getRestore, { id: planned.id })).toMatchObject({
      status: 'failed',
      outcome: { problems: [{ code: 'target_changed', name: expect.any(String) }] },
      postSnapshotId: null,
    });
    expect(standing(orders.id)).toEqual(edited);
  });

  test('is started once, however many ask', async () => {
    const orders = house.instance.add('Orders');
    const snapshot = await take();
    house.instance.edit(orders.id, retimed('Orders'));
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
    await house.work(started[0]);
    expect(writes()).toEqual(['updateWorkflow']);
  });

  test('delivered again after it was done, or killed on the way, does everything once', async () => {
    const orders = house.instance.add('Orders');
    const snapshot = await take();
    house.instance.edit(orders.id, retimed('Orders'));
    const call = await admin();
    const planned = await call(planRestore, { id: snapshot.id, execute: true });
    // The first delivery dies when the writes are done and nothing of it has been noted.
    const list = house.instance.provider.listWorkflows;
    let reads = 0;
    house.instance.provider.listWorkflows = (options) => {
      reads += 1;
      if (reads === 2) throw new Error('killed');
      return list(options);
    };
    await house.work(planned.jobId!);
    expect(await call(getRestore, { id: planned.id })).toMatchObject({ status: 'running' });
    await house.kernel.database.asPlatform((db) => db.backgroundJob.updateMany({ data: { runAfter: new Date() } }));
    const job = await house.work(planned.jobId!);
    expect(job).toMatchObject({ status: 'completed' });
    expect(await call(getRestore, { id: planned.id })).toMatchObject({ status: 'completed' });
    expect(writes()).toEqual(['updateWorkflow']);
    const { items } = await call(listSnapshots, { environmentId: production });
    expect(items.map(({ kind }) => kind).sort()).toEqual(['manual', 'pre_restore', 'restore']);
  });

  test('a restore of another tenant is not there', async () => {
    const orders = house.instance.add('Orders');
    const snapshot = await take();
    house.instance.edit(orders.id, retimed('Orders'));
    const planned = await (await admin())(planRestore, { id: snapshot.id });
    const stranger = await as(house.kernel, await newTenant(house.kernel), 'admin');
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
