import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ignoreWorkflow } from '@/lib/features/change/lineages/link-operations';
import { newEnvironment, refresh } from '@/lib/features/inventory/environment.fixture';
import { sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { closeHouse } from '@/lib/testing/house';
import { HistoryHouse, retimed } from '../history.fixture';
import { adoptEnvironment } from '../snapshots/approved-operations';
import { listSnapshots } from '../snapshots/operations';
import { executeRestore, listRestores, planRestore, previewRestore } from './operations';

const house = new HistoryHouse();
let production: string;

beforeEach(async () => {
  await house.begin();
  production = await newEnvironment(house.kernel, house.tenant, 'Shop', 'production');
});
afterAll(() => closeHouse(house.kernel));

const admin = () => house.as('admin');
const take = () => house.take(production);
const writes = () =>
  house.instance.calls.filter((method) => /^(create|update|archive|unarchive|publish|unpublish|set)/.test(method));

describe('a plan', () => {
  test('says what would be written, and writes nothing by saying it', async () => {
    const orders = house.instance.add('Orders');
    house.instance.add('Stays');
    const snapshot = await take();
    house.instance.edit(orders.id, retimed('Orders'));
    house.instance.add('Since');
    house.instance.forget();
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

  test('never archives what stood there when the snapshot was made, nor what somebody ignores', async () => {
    const [, ignored, never] = ['Orders', 'Ignored', 'Never adopted'].map((name) => house.instance.add(name));
    await refresh(house.kernel, house.tenant, production);
    const rows = await house.inTenant((db) => db.workflow.findMany());
    const idOf = (n8nId: string) => rows.find((row) => row.n8nId === n8nId)!.id;
    const call = await admin();
    const reason = 'Somebody tries something out.';
    await call(ignoreWorkflow, { id: idOf(ignored!.id), reason });
    const workflowIds = rows.filter(({ n8nId }) => n8nId !== never!.id && n8nId !== ignored!.id).map(({ id }) => id);
    await house.request(adoptEnvironment, { id: production, workflowIds });
    const { items } = await call(listSnapshots, { environmentId: production });
    const [since, tried] = ['Since', 'Tried'].map((name) => house.instance.add(name));
    await refresh(house.kernel, house.tenant, production);
    const { id: triedId } = await house.inTenant((db) => db.workflow.findFirstOrThrow({ where: { n8nId: tried!.id } }));
    await call(ignoreWorkflow, { id: triedId, reason });
    const planned = await call(planRestore, { id: items[0]!.id, removeOthers: true });
    expect(planned).toMatchObject({
      workflows: [{ n8nId: since!.id, action: 'archive' }],
      problems: [{ code: 'not_archived' }],
    });
    expect(planned.left.toSorted()).toEqual(['Ignored', 'Never adopted', 'Tried']);
  });

  test('of nothing cannot be run', async () => {
    house.instance.add('Orders');
    const { id } = await take();
    const call = await admin();
    const planned = await call(planRestore, { id });
    expect(planned).toMatchObject({ problems: [{ code: 'nothing_differs' }], execute: { allowed: false } });
    const attempt = call(executeRestore, { environment_id: production, restoreId: planned.id });
    await expect(attempt).rejects.toMatchObject({ rule: 'nothing_differs' });
  });

  test('names a file that the snapshot has not, and credentials that are gone', async () => {
    const orders = house.instance.add('Orders');
    await refresh(house.kernel, house.tenant, production);
    const snapshot = await take();
    house.instance.edit(orders.id, { ...sampleDocument('Orders'), nodes: [], connections: {} });
    await house.inTenant((db) => db.credential.updateMany({ data: { presence: 'missing' } }));
    const call = await admin();
    await expect(call(planRestore, { id: snapshot.id, files: ['nothing-00000000.json'] })).rejects.toMatchObject({
      errors: [{ path: 'files.0' }],
    });
    const preview = { environment_id: production, snapshotId: snapshot.id, file: 'nothing-00000000.json' };
    await expect(call(previewRestore, preview)).rejects.toMatchObject({ errors: [{ path: 'file' }] });
    expect((await call(planRestore, { id: snapshot.id })).problems).toMatchObject([
      { code: 'credential_missing', severity: 'warning', name: 'Orders' },
    ]);
  });

  test('says of dev that a draft goes live of which nobody knows whether it ran', async () => {
    const dev = await newEnvironment(house.kernel, house.tenant, 'Lab');
    const [live, quiet] = [house.instance.add('Live'), house.instance.add('Quiet')];
    await house.instance.provider.publishWorkflow(live.id);
    await house.instance.provider.updateWorkflow(live.id, retimed('Live'), { published: 'keep' });
    const snapshot = await house.take(dev);
    for (const { id } of [live, quiet])
      house.instance.edit(id, { ...sampleDocument('Other'), nodes: [], connections: {} });
    const { problems } = await (await admin())(planRestore, { id: snapshot.id });
    expect(problems).toMatchObject([{ code: 'draft_goes_live', severity: 'warning', name: 'Live' }]);
  });

  test('takes an admin in production, and a plan that was looked at', async () => {
    const orders = house.instance.add('Orders');
    const snapshot = await take();
    house.instance.edit(orders.id, retimed('Orders'));
    const developer = await house.as('developer');
    await expect(developer(planRestore, { id: snapshot.id })).rejects.toMatchObject({ rule: 'role_for_class' });
    const preview = await developer(previewRestore, { environment_id: production, snapshotId: snapshot.id });
    expect(preview.restore).toMatchObject({ allowed: false, allowedBy: expect.stringContaining('admin') });
    const call = await admin();
    const { id: restoreId } = await call(planRestore, { id: snapshot.id });
    const attempt = call(executeRestore, { environment_id: production, restoreId, digest: 'a'.repeat(64) });
    await expect(attempt).rejects.toMatchObject({ code: 'plan_changed' });
    await expect((await house.as('viewer'))(planRestore, { id: snapshot.id })).rejects.toMatchObject({
      code: 'missing_role',
    });
  });
});
