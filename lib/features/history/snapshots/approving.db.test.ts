import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  approveWorkflows,
  readApprovedIndex,
  readApprovedWorkflows,
  refreshApprovedIndex,
  type StoreContext,
} from '@/lib/features/change/approved-state/service';
import { newEnvironment, refresh, work } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance, sampleDocument } from '@/lib/features/inventory/instance.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import { tenantTransaction } from '@/lib/kernel/tenant-transaction';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { adoptEnvironment, getApproved, previewAdoption, refreshApproved, saveApproved } from './approved-operations';
import { listSnapshots } from './operations';

let instance = new ScriptedInstance();
const registry = new Map([['n8n', { ...instance.kind, connect: () => instance.provider }]]);
const kernel: Kernel = openHouse({ ports: { providers: registry } });
let tenant: TestTenant;
let dev: string;

beforeEach(async () => {
  instance = new ScriptedInstance();
  tenant = await newTenant(kernel);
  dev = await newEnvironment(kernel, tenant, 'Lab');
});
afterAll(() => closeHouse(kernel));

const store = () => kernel.ports.approvedStore.forTenant(tenant.id);
const contextOf = (who: TestTenant = tenant): StoreContext => {
  const actor = { type: 'user', id: who.people.developer.id, label: 'Developer' } as const;
  const author = { actor, requestId: randomUUID() };
  return {
    tenantId: who.id,
    actor,
    ports: kernel.ports,
    signal: new AbortController().signal,
    tx: (run, options) => tenantTransaction({ database: kernel.database, tenantId: who.id, author }, run, options),
  };
};
const developer = () => as(kernel, tenant, 'developer');
const save = async (input: object = {}) => {
  const { jobId } = await (await developer())(saveApproved, { environmentId: dev, ...input });
  return work(kernel, tenant, jobId);
};
const indexOf = (environmentId = dev) => contextOf().tx((db) => readApprovedIndex(db, environmentId));
const names = async () => (await indexOf())?.entries.map(({ name }) => name);

/** As if somebody had pushed. */
async function push(changes: [string, string | null][]) {
  const head = await store().head();
  const bytes = changes.map(([path, text]) => [path, text === null ? null : Buffer.from(text)] as const);
  const author = { name: 'Pusher', email: 'p@example.test' };
  await store().commit({
    expectedHead: head,
    changes: new Map(bytes),
    author,
    message: 'By hand',
    trailers: { actor: '' },
  });
}
const pathOf = async (name: string) => {
  const entry = (await indexOf())!.entries.find((one) => one.name === name)!;
  return `environments/lab/workflows/${entry.file}`;
};

describe('saving dev as approved', () => {
  test('is one commit by the person, with the workflows as n8n has them now, and its index', async () => {
    instance.add('Orders', { tags: [{ id: 't', name: 'shop' }] });
    instance.add('Refunds');
    const job = await save({ message: 'Before the sale' });
    expect(job).toMatchObject({ status: 'completed', error: null });
    expect(job.result).toMatchObject({ status: 'committed', workflowCount: 2, secrets: [] });
    const [commit, ...older] = await store().log();
    expect(older).toEqual([]);
    expect(commit).toMatchObject({
      subject: 'Before the sale',
      author: { email: tenant.people.developer.email },
      trailers: { actor: `user:${tenant.people.developer.id}` },
    });
    expect(await indexOf()).toMatchObject({
      headSha: commit!.sha,
      commitSha: commit!.sha,
      problems: [],
      entries: [
        { name: 'Orders', tags: ['shop'], active: false },
        { name: 'Refunds', active: false },
      ],
    });
    const bodies = await readApprovedWorkflows(contextOf(), dev);
    expect([...bodies.values()].map(({ name }) => name).sort()).toEqual(['Orders', 'Refunds']);
  });

  test('commits nothing when nothing differs, whatever moved in between', async () => {
    const orders = instance.add('Orders');
    await save();
    instance.edit(orders.id, sampleDocument('Orders'));
    const again = await save();
    expect(again.result).toMatchObject({ status: 'unchanged' });
    expect(await store().log()).toHaveLength(1);
    const { items } = await (await developer())(listSnapshots, { environmentId: dev });
    expect(items).toMatchObject([{ kind: 'saved', workflowCount: 1, changed: { added: 1, modified: 0, removed: 0 } }]);
  });

  test('takes in what is new, changed and gone, and only that', async () => {
    const [orders, refunds] = [instance.add('Orders'), instance.add('Refunds')];
    instance.add('Stays');
    await save();
    instance.edit(orders.id, { ...sampleDocument('Orders'), settings: { executionOrder: 'v1', timezone: 'UTC' } });
    instance.workflows.delete(refunds.id);
    instance.add('New');
    await save();
    expect(await names()).toEqual(['New', 'Orders', 'Stays']);
    const { items } = await (await developer())(listSnapshots, { environmentId: dev });
    expect(items[0]).toMatchObject({ changed: { added: 1, modified: 1, removed: 1 } });
    const [newest, oldest] = await store().log();
    const { entries } = (await indexOf())!;
    expect(entries.map(({ commitSha }) => commitSha)).toEqual([newest!.sha, newest!.sha, oldest!.sha]);
  });

  test('leaves out archived workflows, and says so', async () => {
    instance.add('Orders');
    instance.add('Old', { archived: true });
    expect((await save()).result).toMatchObject({ workflowCount: 1, left: { archived: ['Old'] } });
    expect(await names()).toEqual(['Orders']);
  });

  test('keeps nothing when the list cannot be read to the end', async () => {
    instance.add('Orders');
    await save();
    instance.add('Another');
    instance.complete = false;
    expect(await save()).toMatchObject({ status: 'pending', error: null });
    expect(await names()).toEqual(['Orders']);
  });

  test('reports secrets that are written out, and refuses them when asked to', async () => {
    const document = sampleDocument('Leaky');
    document.nodes[1]!.parameters = { url: 'https://x.example', apiKey: 'sk-live-51H8abcdefghijklmnopqrstuv' };
    instance.add('Leaky', { document });
    const refused = await save({ acceptSecrets: false });
    expect(refused).toMatchObject({ status: 'failed', error: { code: 'plaintext_secrets' } });
    expect(refused.error!.detail).not.toContain('51H8');
    expect(await store().head()).toBeNull();
    expect((await save()).result).toMatchObject({ secrets: [{ workflow: 'Leaky', node: 'Ask' }] });
  });

  test('is refused in production, with what to do instead', async () => {
    const production = await newEnvironment(kernel, tenant, 'Shop', 'production');
    await expect(
      (await as(kernel, tenant, 'admin'))(saveApproved, { environmentId: production }),
    ).rejects.toMatchObject({
      code: 'action_not_allowed',
      allowedBy: expect.stringContaining('Adopt'),
    });
  });

  test('of four at once makes one commit', async () => {
    instance.add('Orders');
    const call = await developer();
    const receipts = await Promise.all(Array.from({ length: 4 }, () => call(saveApproved, { environmentId: dev })));
    expect(new Set(receipts.map(({ jobId }) => jobId)).size).toBe(1);
    await work(kernel, tenant, receipts[0]!.jobId);
    expect(await store().log()).toHaveLength(1);
  });
});

describe('the index follows git', () => {
  beforeEach(async () => {
    instance.add('Orders');
    instance.add('Refunds');
    await save();
  });

  test('after a process was killed between its commit and its index', async () => {
    const before = await indexOf();
    instance.add('Late');
    const context = contextOf();
    let commits = 0;
    const killed: StoreContext = {
      ...context,
      tx: (run, options) => {
        if (commits > 0) throw new Error('killed');
        return context.tx(run, options);
      },
      ports: {
        ...kernel.ports,
        approvedStore: {
          ...kernel.ports.approvedStore,
          forTenant: (id) => {
            const inner = kernel.ports.approvedStore.forTenant(id);
            return { ...inner, commit: (...call) => inner.commit(...call).finally(() => commits++) };
          },
        },
      },
    };
    const lineage = { id: randomUUID(), slug: 'late' };
    const workflow = readWorkflow(sampleDocument('Late')).workflow!;
    const request = {
      environmentId: dev,
      workflows: [{ lineage, n8nId: 'x', workflow }],
      scope: 'these' as const,
      message: 'Late',
    };
    await expect(approveWorkflows(killed, request)).rejects.toThrow('killed');
    expect(await indexOf()).toEqual(before);
    expect((await refreshApprovedIndex(contextOf(), dev))?.entries.map(({ name }) => name)).toEqual([
      'Late',
      'Orders',
      'Refunds',
    ]);
    expect(await approveWorkflows(contextOf(), request)).toMatchObject({ status: 'unchanged' });
    expect(await store().log()).toHaveLength(2);
  });

  test('after somebody pushed: the file counts, and what was done to it is said', async () => {
    const path = await pathOf('Orders');
    await push([[path, JSON.stringify({ ...sampleDocument('Orders'), nodes: [], connections: {} })]]);
    const index = await refreshApprovedIndex(contextOf(), dev);
    const lineageId = index!.entries.find(({ name }) => name === 'Orders')!.lineageId;
    expect(index!.problems).toMatchObject([{ code: 'edited_by_hand', path, lineageId }]);
    const bodies = await readApprovedWorkflows(contextOf(), dev, [lineageId]);
    expect(bodies.get(lineageId)!.nodes).toEqual([]);
  });

  test('and keeps what it knows when the push was for another environment', async () => {
    const before = await indexOf();
    await push([['environments/elsewhere/manifest.json', '{}']]);
    const after = await refreshApprovedIndex(contextOf(), dev);
    expect(after).toEqual({ ...before, headSha: await store().head() });
    expect(await indexOf()).toEqual(after);
  });

  test('down to no baseline, when all was taken away', async () => {
    const tree = await store().readTree('main');
    await push(tree.map(({ path }) => [path, null]));
    expect(await refreshApprovedIndex(contextOf(), dev)).toBeNull();
    expect(await indexOf()).toBeNull();
  });

  test('and stands still at an unreadable manifest, over which nothing is written', async () => {
    await push([['environments/lab/manifest.json', '<<<<<<< HEAD']]);
    const head = await store().head();
    await expect(refreshApprovedIndex(contextOf(), dev)).rejects.toMatchObject({ rule: 'manifest_unreadable' });
    instance.add('More');
    expect(await save()).toMatchObject({ status: 'failed', error: { code: 'manifest_unreadable' } });
    expect(await store().head()).toBe(head);
    const told = await (await developer())(getApproved, { id: dev });
    expect(told).toMatchObject({ baseline: true, problems: [{ code: 'manifest_unreadable' }] });
    expect(told.workflows).toHaveLength(2);
  });

  test('also when many look and write at once', async () => {
    const writers = Array.from({ length: 6 }, (_, at) => {
      const workflow = readWorkflow(sampleDocument(`Made ${at}`)).workflow!;
      const lineage = { id: randomUUID(), slug: `made-${at}` };
      const workflows = [{ lineage, n8nId: `m${at}`, workflow }];
      return approveWorkflows(contextOf(), { environmentId: dev, workflows, scope: 'these', message: `Made ${at}` });
    });
    await Promise.all([...writers, refreshApprovedIndex(contextOf(), dev)]);
    const index = await refreshApprovedIndex(contextOf(), dev);
    expect(index!.entries).toHaveLength(8);
    expect(await indexOf()).toEqual(index);
  });

  test('and reading it anew tells how the environment differs, without writing to it', async () => {
    const [orders] = instance.workflows.values();
    instance.edit(orders!.id, { ...sampleDocument(orders!.document.name), nodes: [], connections: {} });
    await refresh(kernel, tenant, dev);
    instance.forget();
    const { jobId } = await (await developer())(refreshApproved, { environmentId: dev });
    expect((await work(kernel, tenant, jobId)).result).toMatchObject({
      baseline: true,
      differences: [{ name: orders!.document.name, difference: 'modified' }],
    });
    expect(instance.calls).toEqual([]);
  });

  test('and is no business of another tenant', async () => {
    const other = await newTenant(kernel);
    await expect(refreshApprovedIndex(contextOf(other), dev)).rejects.toMatchObject({ kind: 'not_found' });
    await expect((await as(kernel, other, 'admin'))(getApproved, { id: dev })).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect(await kernel.ports.approvedStore.forTenant(other.id).head()).toBeNull();
  });
});

describe('adopting an environment that already lives', () => {
  let production: string;
  beforeEach(async () => {
    production = await newEnvironment(kernel, tenant, 'Shop', 'production');
  });
  const admin = () => as(kernel, tenant, 'admin');
  const adopt = async (input: object = {}) => {
    const { jobId } = await (await admin())(adoptEnvironment, { id: production, ...input });
    return work(kernel, tenant, jobId);
  };

  test('shows first what it would do, and commits nothing by showing it', async () => {
    const document = sampleDocument('Leaky');
    document.nodes[1]!.parameters = { url: 'https://x.example', apiKey: 'sk-live-51H8abcdefghijklmnopqrstuv' };
    instance.add('Leaky', { document });
    instance.add('Plain');
    instance.add('Old', { archived: true });
    const preview = await (await admin())(previewAdoption, { id: production });
    expect(preview).toMatchObject({
      baseline: null,
      counts: { added: 2, modified: 0, removed: 0, unchanged: 0, secrets: 1, unlinked: 2 },
      workflows: [{ name: 'Leaky', change: 'added', secrets: [{ node: 'Ask' }] }, { name: 'Plain' }],
      left: { archived: ['Old'], ignored: [], unreadable: [] },
      adopt: { allowed: true },
    });
    expect(JSON.stringify(preview)).not.toContain('51H8');
    expect(await store().head()).toBeNull();
    expect(await adopt()).toMatchObject({ status: 'failed', error: { code: 'plaintext_secrets' } });
    expect((await adopt({ acceptSecrets: true })).result).toMatchObject({ status: 'committed', workflowCount: 2 });
  });

  test('takes what runs, not a draft that nobody published', async () => {
    const seeded = instance.add('Orders');
    await instance.provider.publishWorkflow(seeded.id);
    await instance.provider.updateWorkflow(
      seeded.id,
      { ...sampleDocument('Orders'), nodes: [], connections: {} },
      { published: 'keep' },
    );
    const preview = await (await admin())(previewAdoption, { id: production });
    expect(preview.workflows).toMatchObject([{ name: 'Orders', active: true, unpublishedChanges: true }]);
    await adopt();
    const [body] = (await readApprovedWorkflows(contextOf(), production)).values();
    expect(body!.nodes).toHaveLength(2);
  });

  test('takes the chosen ones alone, and leaves the others as they are approved', async () => {
    instance.add('Orders');
    const refunds = instance.add('Refunds');
    await adopt();
    for (const { id, document } of [...instance.workflows.values()]) {
      instance.edit(id, { ...document, settings: { executionOrder: 'v1', timezone: 'UTC' } });
    }
    const before = await indexOf(production);
    const preview = await (await admin())(previewAdoption, { id: production });
    expect(preview.counts).toMatchObject({ modified: 2, unlinked: 0 });
    const chosen = preview.workflows.find(({ n8nId }) => n8nId === refunds.id)!.workflowId!;
    expect((await adopt({ workflowIds: [chosen] })).result).toMatchObject({ workflowCount: 1 });
    const after = await indexOf(production);
    expect(after!.entries[0]).toEqual(before!.entries[0]);
    expect(after!.entries[1]!.logicDigest).not.toEqual(before!.entries[1]!.logicDigest);
    expect(await adopt({ workflowIds: [randomUUID()] })).toMatchObject({
      status: 'failed',
      error: { code: 'invalid' },
    });
  });

  test('takes an admin', async () => {
    await expect((await developer())(adoptEnvironment, { id: production })).rejects.toMatchObject({
      code: 'action_not_allowed',
      rule: 'role_for_class',
    });
    const preview = await (await developer())(previewAdoption, { id: production });
    expect(preview.adopt).toMatchObject({ allowed: false, allowedBy: expect.stringContaining('admin') });
    await expect((await as(kernel, tenant, 'viewer'))(adoptEnvironment, { id: production })).rejects.toMatchObject({
      code: 'missing_role',
    });
  });
});
