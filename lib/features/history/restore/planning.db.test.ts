import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { newEnvironment, refresh } from '@/lib/features/inventory/environment.fixture';
import { sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { closeHouse } from '@/lib/testing/house';
import { HistoryHouse, retimed } from '../history.fixture';
import { executeRestore, listRestores, planRestore, previewRestore } from './operations';

const house = new HistoryHouse();
let production: string;

beforeEach(async () => {
  await house.begin();
  production = await newEnvironment(house.kernel, house.tenant, 'Shop', 'production');
});
afterAll(() => closeHouse(house.kernel));

const admin = () => house.as('admin');
const _standing = (id: string) => house.instance.workflows.get(id)!;
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
