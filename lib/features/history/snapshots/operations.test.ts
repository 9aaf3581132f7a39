import { afterAll, beforeEach, expect, test } from 'vitest';
import { readApprovedIndex } from '@/lib/features/change/approved-state/service';
import { newEnvironment, refresh, work } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance, sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { readArchive } from '@/lib/features/inventory/workflows/archive-reading';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { leaky } from '../history.fixture';
import { saveApproved } from './approved-operations';
import {
  compareSnapshots,
  compareSnapshotWorkflow,
  downloadSnapshot,
  getSnapshot,
  getSnapshotWorkflow,
  listSnapshots,
  takeSnapshot,
} from './operations';
import type { SnapshotDetail } from './schema';

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

const developer = () => as(kernel, tenant, 'developer');
const take = async (environmentId = production, message?: string): Promise<SnapshotDetail> => {
  const call = await developer();
  const { jobId } = await call(takeSnapshot, { environmentId, message });
  const job = await work(kernel, tenant, jobId);
  expect(job).toMatchObject({ status: 'completed' });
  const { id } = job.result as { id: string };
  return call(getSnapshot, { id });
};
const retimed = (name: string) => ({ ...sampleDocument(name), settings: { executionOrder: 'v1', timezone: 'UTC' } });

test('a secret that is written out is reported once, before git keeps it, and refused when asked to', async () => {
  instance.add('Leaky', { document: leaky('Leaky') });
  const call = await developer();
  const taking = async (input: object = {}) =>
    work(kernel, tenant, (await call(takeSnapshot, { environmentId: production, ...input })).jobId);
  const refused = await taking({ acceptSecrets: false });
  expect(refused).toMatchObject({ status: 'failed', error: { code: 'plaintext_secrets' } });
  expect(refused.error!.detail).not.toContain('51H8');
  expect((await taking()).result).toMatchObject({ secrets: [{ workflow: 'Leaky', node: 'Ask' }] });
  expect((await taking({ acceptSecrets: false })).result).toMatchObject({ status: 'unchanged', secrets: [] });
});

test('a snapshot has all there is, what nobody linked and what is archived too, and approves nothing', async () => {
  instance.add('Orders', { tags: [{ id: 't', name: 'shop' }] });
  instance.add('Old', { archived: true });
  const snapshot = await take(production, 'Before the sale');
  expect(snapshot).toMatchObject({
    kind: 'manual',
    message: 'Before the sale',
    workflowCount: 2,
    changed: { added: 2, modified: 0, removed: 0 },
    actor: { type: 'user', id: tenant.people.developer.id },
    workflows: [
      { name: 'Old', archived: true, lineageId: null, change: 'added' },
      { name: 'Orders', archived: false, tags: ['shop'], change: 'added' },
    ],
  });
  expect(await kernel.ports.approvedStore.forTenant(tenant.id).head()).toBeNull();
  expect(await kernel.database.asTenant(tenant.id, (db) => readApprovedIndex(db as never, production))).toBeNull();
  expect(await kernel.database.asTenant(tenant.id, (db) => db.lineage.count())).toBe(0);
});

test('another one of the same is the same one: nothing is committed for nothing', async () => {
  instance.add('Orders');
  const first = await take();
  const lab = await newEnvironment(kernel, tenant, 'Lab');
  await take(lab);
  expect((await take()).id).toBe(first.id);
  const { items } = await (await developer())(listSnapshots, { environmentId: production });
  expect(items).toHaveLength(1);
});

test('what was changed, removed and added shows in the next one, and in the versions of each workflow', async () => {
  const [orders, refunds] = [instance.add('Orders'), instance.add('Refunds')];
  instance.add('Stays');
  await take();
  instance.edit(orders.id, retimed('Orders'));
  instance.workflows.delete(refunds.id);
  const second = await take();
  expect(second.changed).toEqual({ added: 0, modified: 1, removed: 1 });
  const detail = await (await developer())(getSnapshot, { id: second.id });
  expect(detail.removed).toMatchObject([{ name: 'Refunds' }]);
  expect(detail.workflows.map(({ name, change }) => [name, change])).toEqual([
    ['Orders', 'modified'],
    ['Stays', null],
  ]);
  const rows = await kernel.database.asTenant(tenant.id, (db) => db.workflow.findMany());
  const versionsOf = async (name: string) => {
    const workflowId = rows.find((row) => row.name === name)!.id;
    return (await (await developer())(listSnapshots, { workflowId })).total;
  };
  expect(await Promise.all(['Orders', 'Refunds', 'Stays'].map(versionsOf))).toEqual([2, 1, 1]);
});

test('what did not move is taken from the snapshot before, unless somebody wrote over that', async () => {
  const orders = instance.add('Orders');
  instance.add('Stays');
  await take();
  const store = kernel.ports.approvedStore.forTenant(tenant.id);
  const head = await store.head('snapshots');
  const [path] = (await store.readTree('snapshots')).map((file) => file.path).filter((one) => one.includes('stays'));
  const changes = new Map([[path!, Buffer.from('{"nodes":[],"connections":{},"name":"Stays"}')]]);
  const author = { name: 'Pusher', email: 'p@example.test' };
  await store.commit({
    branch: 'snapshots',
    expectedHead: head,
    changes,
    author,
    message: '',
    trailers: { actor: '' },
  });
  instance.edit(orders.id, retimed('Orders'));
  const call = await developer();
  const looked = async () => {
    const { id, workflows } = await take();
    const bodies = workflows.map(({ file }) => call(getSnapshotWorkflow, { id, file }));
    return (await Promise.all(bodies)).map(({ workflow }) => (workflow.nodes as unknown[]).length);
  };
  expect(await looked()).toEqual([2, 2]);
  instance.edit(orders.id, sampleDocument('Orders'));
  expect(await looked()).toEqual([2, 2]);
  instance.add('New');
  expect(await looked()).toEqual([2, 2, 2]);
});

test('lists by environment, kind and words', async () => {
  const lab = await newEnvironment(kernel, tenant, 'Lab');
  instance.add('Orders');
  await take(production, '100% ready');
  await take(lab);
  const call = await developer();
  await work(kernel, tenant, (await call(saveApproved, { environmentId: lab })).jobId);
  const count = async (query: object) => (await call(listSnapshots, query)).total;
  expect(await count({})).toBe(3);
  expect(await count({ environmentId: lab })).toBe(2);
  expect(await count({ kind: 'saved' })).toBe(1);
  expect(await count({ search: '0% r' })).toBe(1);
  expect(await count({ search: '%z%' })).toBe(0);
});

test('any two moments are compared in sentences: snapshots, what is approved, what was last seen', async () => {
  const lab = await newEnvironment(kernel, tenant, 'Lab');
  const orders = instance.add('Orders');
  const moved = instance.add('Moved');
  await refresh(kernel, tenant, lab);
  const call = await developer();
  await work(kernel, tenant, (await call(saveApproved, { environmentId: lab })).jobId);
  const first = await take(lab);
  const document = retimed('Orders');
  document.nodes[1]!.parameters = { url: 'https://elsewhere.example.com' };
  instance.edit(orders.id, document);
  const shifted = sampleDocument('Moved');
  instance.edit(moved.id, { ...shifted, nodes: shifted.nodes.map((node) => ({ ...node, position: [400, 0] })) });
  instance.add('New');
  const second = await take(lab);

  const told = await call(compareSnapshots, { from: first.id, to: second.id });
  expect(told.counts).toEqual({ added: 1, modified: 1, removed: 0, unchanged: 0, layoutOnly: 1 });
  expect(told.workflows).toMatchObject([
    { name: 'New', change: 'added', fromFile: null },
    { name: 'Orders', change: 'modified', parts: ['logic'] },
  ]);
  const sentences = told.workflows[1]!.sentences.map((parts) => parts.map(({ text }) => text).join(''));
  expect(sentences.join('; ')).toContain('elsewhere.example.com instead of shop.example.com');
  expect((await call(compareSnapshots, { from: first.id, to: second.id, layout: 'true' })).workflows).toHaveLength(3);

  const approved = await call(compareSnapshots, { from: `approved:${lab}`, to: second.id });
  expect(approved.counts).toMatchObject({ added: 1, modified: 1, layoutOnly: 1 });
  const seen = await call(compareSnapshots, { from: second.id, to: `now:${lab}` });
  expect(seen.counts).toEqual({ added: 0, modified: 0, removed: 0, unchanged: 3, layoutOnly: 0 });
  const back = await call(compareSnapshots, { from: second.id, to: first.id });
  expect(back.counts).toMatchObject({ removed: 1, modified: 1 });

  for (const to of [second.id, `now:${lab}`]) {
    const { n8nId, lineageId } = told.workflows[1]!;
    const which = lineageId ? { lineageId } : { n8nId: n8nId! };
    const whole = await call(compareSnapshotWorkflow, { from: first.id, to, ...which });
    expect(whole.before).toMatchObject({ name: 'Orders', nodes: expect.any(Array) });
    expect(JSON.stringify(whole.after)).toContain('elsewhere.example.com');
    expect(JSON.stringify(whole.before)).not.toContain('elsewhere.example.com');
  }
  const added = await call(compareSnapshotWorkflow, {
    from: first.id,
    to: second.id,
    n8nId: told.workflows[0]!.n8nId!,
  });
  expect(added).toMatchObject({ name: 'New', before: null, after: { name: 'New' } });
  const nowhere = call(compareSnapshotWorkflow, { from: first.id, to: second.id, n8nId: 'nobody' });
  await expect(nowhere).rejects.toMatchObject({ kind: 'not_found' });
});

test('one workflow of a snapshot can be looked at, and all of it downloaded as files that n8n imports', async () => {
  const orders = instance.add('Orders');
  const { id, workflows } = await take();
  instance.edit(orders.id, retimed('Orders'));
  const call = await developer();
  const { file } = workflows[0]!;
  const one = await call(getSnapshotWorkflow, { id, file });
  expect(one).toMatchObject({ name: 'Orders', workflow: { name: 'Orders', nodes: expect.any(Array) } });
  await expect(call(getSnapshotWorkflow, { id, file: 'nothing-00000000.json' })).rejects.toMatchObject({
    kind: 'not_found',
  });
  const zip = await call(downloadSnapshot, { id });
  expect(zip.filename).toMatch(/^shop-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.zip$/);
  const bytes = new Uint8Array(await new Response(zip.body as ReadableStream).arrayBuffer());
  const names = (await readArchive(bytes)).map(({ path }) => path);
  expect(names.sort()).toEqual(['manifest.json', `workflows/${file}`]);
});

test('a snapshot of another tenant is not there', async () => {
  const orders = instance.add('Orders');
  const { id, workflows } = await take();
  const stranger = await as(kernel, await newTenant(kernel), 'admin');
  for (const attempt of [
    () => stranger(getSnapshot, { id }),
    () => stranger(downloadSnapshot, { id }),
    () => stranger(getSnapshotWorkflow, { id, file: workflows[0]!.file }),
    () => stranger(compareSnapshots, { from: id, to: id }),
    () => stranger(compareSnapshotWorkflow, { from: id, to: id, n8nId: orders.id }),
    () => stranger(compareSnapshots, { from: `approved:${production}`, to: `now:${production}` }),
    () => stranger(takeSnapshot, { environmentId: production }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' });
  }
});

test('a viewer looks and takes none', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  await expect(viewer(takeSnapshot, { environmentId: production })).rejects.toMatchObject({ code: 'missing_role' });
  expect((await viewer(listSnapshots)).total).toBe(0);
});
