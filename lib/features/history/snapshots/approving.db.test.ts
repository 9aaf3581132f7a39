import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  approveWorkflows,
  readApprovedIndex,
  readApprovedWorkflows,
} from '@/lib/features/change/approved-state/service';
import { newEnvironment } from '@/lib/features/inventory/environment.fixture';
import { sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { readRemote } from '@/lib/features/inventory/workflows/observe';
import { closeHouse } from '@/lib/testing/house';
import { MAX_DEPTH } from '@/lib/workflow/read/scan';
import { HistoryHouse, leaky, retimed } from '../history.fixture';
import { adoptEnvironment, previewAdoption, saveApproved } from './approved-operations';
import { listSnapshots } from './operations';

const house = new HistoryHouse();
let dev: string;

beforeEach(async () => {
  await house.begin();
  dev = await newEnvironment(house.kernel, house.tenant, 'Lab');
});
afterAll(() => closeHouse(house.kernel));

const developer = () => house.as('developer');
const save = async (input: object = {}) => {
  const { jobId } = await (await developer())(saveApproved, { environmentId: dev, ...input });
  return house.work(jobId);
};
const indexOf = (environmentId = dev) => house.context().tx((db) => readApprovedIndex(db, environmentId));
const names = async () => (await indexOf())?.entries.map(({ name }) => name);

describe('saving dev as approved', () => {
  test('is one commit by the person, with the workflows as n8n has them now, and its index', async () => {
    house.instance.add('Orders', { tags: [{ id: 't', name: 'shop' }] });
    house.instance.add('Refunds');
    const job = await save({ message: 'Before the sale' });
    expect(job).toMatchObject({ status: 'completed', error: null });
    expect(job.result).toMatchObject({ status: 'committed', workflowCount: 2, secrets: [] });
    const [commit, ...older] = await house.store().log();
    expect(older).toEqual([]);
    expect(commit).toMatchObject({
      subject: 'Before the sale',
      author: { email: house.tenant.people.developer.email },
      trailers: { actor: `user:${house.tenant.people.developer.id}` },
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
    const bodies = await readApprovedWorkflows(house.context(), dev);
    expect([...bodies.values()].map(({ name }) => name).sort()).toEqual(['Orders', 'Refunds']);
  });

  test('keeps what is approved of a workflow that cannot be read any more', async () => {
    house.instance.add('Orders');
    const refunds = house.instance.add('Refunds');
    await save();
    const deep = Array.from({ length: MAX_DEPTH + 1 }).reduce<object>((inner) => ({ inner }), {});
    house.instance.edit(refunds.id, { ...sampleDocument('Refunds'), settings: { deep } });
    const { result } = await save();
    expect(result).toMatchObject({ status: 'unchanged', workflowCount: 1, left: { unreadable: ['Refunds'] } });
    expect(await names()).toEqual(['Orders', 'Refunds']);
  });

  test('commits nothing when nothing differs, whatever moved in between', async () => {
    const orders = house.instance.add('Orders');
    await save();
    house.instance.edit(orders.id, sampleDocument('Orders'));
    const again = await save();
    expect(again.result).toMatchObject({ status: 'unchanged' });
    expect(await house.store().log()).toHaveLength(1);
    const { items } = await (await developer())(listSnapshots, { environmentId: dev });
    expect(items).toMatchObject([{ kind: 'saved', workflowCount: 1, changed: { added: 1, modified: 0, removed: 0 } }]);
  });

  test('takes in what is new, changed and gone, and only that', async () => {
    const [orders, refunds] = [house.instance.add('Orders'), house.instance.add('Refunds')];
    house.instance.add('Stays');
    await save();
    house.instance.edit(orders.id, retimed('Orders'));
    house.instance.workflows.delete(refunds.id);
    house.instance.add('New');
    await save();
    expect(await names()).toEqual(['New', 'Orders', 'Stays']);
    const { items } = await (await developer())(listSnapshots, { environmentId: dev });
    expect(items[0]).toMatchObject({ changed: { added: 1, modified: 1, removed: 1 } });
    const [newest, oldest] = await house.store().log();
    const { entries } = (await indexOf())!;
    expect(entries.map(({ commitSha }) => commitSha)).toEqual([newest!.sha, newest!.sha, oldest!.sha]);
  });

  test('leaves out archived workflows, and says so', async () => {
    house.instance.add('Orders');
    house.instance.add('Old', { archived: true });
    expect((await save()).result).toMatchObject({ workflowCount: 1, left: { archived: ['Old'] } });
    expect(await names()).toEqual(['Orders']);
  });

  test('keeps nothing when the list cannot be read to the end', async () => {
    house.instance.add('Orders');
    await save();
    house.instance.add('Another');
    house.instance.complete = false;
    expect(await save()).toMatchObject({ status: 'pending', error: null });
    expect(await names()).toEqual(['Orders']);
  });

  test('reports secrets that are written out, and refuses them when asked to', async () => {
    house.instance.add('Leaky', { document: leaky('Leaky') });
    const refused = await save({ acceptSecrets: false });
    expect(refused).toMatchObject({ status: 'failed', error: { code: 'plaintext_secrets' } });
    expect(refused.error!.detail).not.toContain('51H8');
    expect(await house.store().head()).toBeNull();
    expect((await save()).result).toMatchObject({ secrets: [{ workflow: 'Leaky', node: 'Ask' }] });
  });

  test('is refused in production, with what to do instead', async () => {
    const production = await newEnvironment(house.kernel, house.tenant, 'Shop', 'production');
    await expect((await house.as('admin'))(saveApproved, { environmentId: production })).rejects.toMatchObject({
      code: 'action_not_allowed',
      allowedBy: expect.stringContaining('Adopt'),
    });
  });

  test('of four at once makes one commit', async () => {
    house.instance.add('Orders');
    const call = await developer();
    const receipts = await Promise.all(Array.from({ length: 4 }, () => call(saveApproved, { environmentId: dev })));
    expect(new Set(receipts.map(({ jobId }) => jobId)).size).toBe(1);
    await house.work(receipts[0]!.jobId);
    expect(await house.store().log()).toHaveLength(1);
  });
});

describe('adopting an environment that already lives', () => {
  let production: string;
  beforeEach(async () => {
    production = await newEnvironment(house.kernel, house.tenant, 'Shop', 'production');
  });
  const admin = () => house.as('admin');
  const adopt = async (input: object = {}) => {
    const { jobId } = await (await admin())(adoptEnvironment, { id: production, ...input });
    return house.work(jobId);
  };

  test('shows first what it would do, and commits nothing by showing it', async () => {
    house.instance.add('Leaky', { document: leaky('Leaky') });
    house.instance.add('Plain');
    house.instance.add('Old', { archived: true });
    const preview = await (await admin())(previewAdoption, { id: production });
    expect(preview).toMatchObject({
      baseline: null,
      counts: { added: 2, modified: 0, removed: 0, unchanged: 0, secrets: 1, unlinked: 2 },
      workflows: [{ name: 'Leaky', change: 'added', secrets: [{ node: 'Ask' }] }, { name: 'Plain' }],
      left: { archived: ['Old'], ignored: [], unreadable: [] },
      adopt: { allowed: true },
    });
    expect(JSON.stringify(preview)).not.toContain('51H8');
    expect(await house.store().head()).toBeNull();
    expect(await adopt()).toMatchObject({ status: 'failed', error: { code: 'plaintext_secrets' } });
    expect((await adopt({ acceptSecrets: true })).result).toMatchObject({ status: 'committed', workflowCount: 2 });
  });

  test('takes what runs, not a draft that nobody published', async () => {
    const seeded = house.instance.add('Orders');
    await house.instance.provider.publishWorkflow(seeded.id);
    await house.instance.provider.updateWorkflow(
      seeded.id,
      { ...sampleDocument('Orders'), nodes: [], connections: {} },
      { published: 'keep' },
    );
    const preview = await (await admin())(previewAdoption, { id: production });
    expect(preview.workflows).toMatchObject([{ name: 'Orders', active: true, unpublishedChanges: true }]);
    await adopt();
    const [body] = (await readApprovedWorkflows(house.context(), production)).values();
    expect(body!.nodes).toHaveLength(2);
  });

  test('takes the chosen ones alone, and leaves the others as they are approved', async () => {
    house.instance.add('Orders');
    const refunds = house.instance.add('Refunds');
    await adopt();
    for (const { id, document } of [...house.instance.workflows.values()]) {
      house.instance.edit(id, { ...document, settings: { executionOrder: 'v1', timezone: 'UTC' } });
    }
    const before = await indexOf(production);
    const preview = await (await admin())(previewAdoption, { id: production });
    expect(preview.counts).toMatchObject({ modified: 2, unlinked: 0 });
    const chosen = preview.workflows.find(({ n8nId }) => n8nId === refunds.id)!.workflowId!;
    expect((await adopt({ workflowIds: [chosen] })).result).toMatchObject({ workflowCount: 1 });
    const after = await indexOf(production);
    expect(after!.entries[0]).toEqual(before!.entries[0]);
    expect(after!.entries[1]!.logicDigest).not.toEqual(before!.entries[1]!.logicDigest);
    await expect(adopt({ workflowIds: [chosen, randomUUID()] })).rejects.toMatchObject({
      code: 'unknown_workflow',
      errors: [{ path: 'workflowIds.1' }],
    });
  });

  test('stops only for secrets of what is adopted, and begins no lineage when it stops', async () => {
    house.instance.add('Leaky', { document: leaky('Leaky') });
    house.instance.add('Plain');
    await (await admin())(previewAdoption, { id: production });
    expect(await adopt()).toMatchObject({ status: 'failed', error: { code: 'plaintext_secrets' } });
    expect(await house.inTenant((db) => db.lineage.count())).toBe(0);
    const { workflows } = await (await admin())(previewAdoption, { id: production });
    const plain = workflows.find(({ name }) => name === 'Plain')!.workflowId!;
    expect((await adopt({ workflowIds: [plain] })).result).toMatchObject({ workflowCount: 1, secrets: [] });
    expect((await indexOf(production))?.entries.map(({ name }) => name)).toEqual(['Plain']);
  });

  test('never takes back what was released while the instance was read', async () => {
    const orders = house.instance.add('Orders');
    await adopt();
    const lineageOf = (index: Awaited<ReturnType<typeof indexOf>>) => index!.entries[0]!.lineageId;
    const id = lineageOf(await indexOf(production));
    house.instance.betweenPages = async () => {
      house.instance.betweenPages = () => {};
      const released = house.instance.edit(orders.id, retimed('Orders'));
      await approveWorkflows(house.context(), {
        ...{ environmentId: production, scope: 'these', message: 'Promote' },
        workflows: [{ lineage: { id, slug: 'orders' }, n8nId: orders.id, workflow: readRemote(released).workflow! }],
      });
    };
    const { jobId } = await (await admin())(adoptEnvironment, { id: production });
    expect(await house.work(jobId)).toMatchObject({ status: 'pending' });
    const released = await indexOf(production);
    expect(released).toMatchObject({ message: 'Promote' });
    await house.kernel.database.asPlatform((db) => db.backgroundJob.updateMany({ data: { runAfter: new Date() } }));
    expect(await house.work(jobId)).toMatchObject({ status: 'completed', result: { status: 'unchanged' } });
    expect(await indexOf(production)).toEqual(released);
  });

  test('waits for a run that is writing there, and reads again what it wrote meanwhile', async () => {
    house.instance.add('Orders');
    const environmentId = production;
    const lease = {
      environmentId,
      fence: 1,
      runId: randomUUID(),
      holder: 'run',
      expiresAt: new Date(Date.now() + 9e4),
    };
    house.instance.betweenPages = async () => {
      house.instance.betweenPages = () => {};
      await house.inTenant((db) => db.environmentLease.create({ data: lease }));
    };
    const { jobId } = await (await admin())(adoptEnvironment, { id: production });
    const again = async () => {
      await house.kernel.database.asPlatform((db) => db.backgroundJob.updateMany({ data: { runAfter: new Date() } }));
      return house.work(jobId);
    };
    expect(await house.work(jobId)).toMatchObject({ status: 'pending' });
    expect(await again()).toMatchObject({ status: 'pending' });
    expect(await indexOf(production)).toBeNull();
    await house.inTenant((db) => db.environmentLease.updateMany({ data: { expiresAt: new Date() } }));
    expect(await again()).toMatchObject({ status: 'completed', result: { status: 'committed' } });
  });

  test('takes an admin', async () => {
    await expect((await developer())(adoptEnvironment, { id: production })).rejects.toMatchObject({
      code: 'action_not_allowed',
      rule: 'role_for_class',
    });
    const preview = await (await developer())(previewAdoption, { id: production });
    expect(preview.adopt).toMatchObject({ allowed: false, allowedBy: expect.stringContaining('admin') });
    await expect((await house.as('viewer'))(adoptEnvironment, { id: production })).rejects.toMatchObject({
      code: 'missing_role',
    });
  });
});
