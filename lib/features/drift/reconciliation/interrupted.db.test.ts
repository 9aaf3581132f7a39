import { afterAll, beforeEach, expect, test } from 'vitest';
import { work } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { hotfix, live, openDriftHouse, Watched } from '../drift.fixture';
import { getIncident, listIncidents } from '../incidents/operations';
import { resolveIncident } from './operations';

const { kernel, place } = openDriftHouse();
let instance: ScriptedInstance;
let tenant: TestTenant;

beforeEach(async () => {
  instance = new ScriptedInstance();
  place.instance = instance;
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

/** An incident whose revert was left by its job when its run had just begun. */
async function interrupted() {
  const { id: n8nId } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  hotfix(instance, n8nId);
  await watched.check();
  const admin = await as(kernel, tenant, 'admin');
  const { items } = await admin(listIncidents, {});
  const { id } = items[0]!;
  const { jobId } = await admin(resolveIncident, { id, resolution: 'revert', reason: 'Back' });
  const { listTags } = instance.provider;
  instance.provider.listTags = (...call) => {
    instance.broken.set('getWorkflow', 'unreachable');
    return listTags(...call);
  };
  await work(kernel, tenant, jobId);
  await watched.read((db) => db.backgroundJob.update({ where: { id: jobId }, data: { status: 'failed' } }));
  instance.provider.listTags = listTags;
  instance.broken.clear();
  return { watched, admin, id, n8nId };
}

test('a revert that was interrupted is not carried on because somebody asked for something else', async () => {
  const { watched, admin, id } = await interrupted();
  await expect(admin(resolveIncident, { id, resolution: 'keep', reason: 'Fine' })).rejects.toMatchObject({
    code: 'resolution_running',
  });
  const { jobId } = await admin(resolveIncident, { id, resolution: 'revert', reason: 'Back' });
  expect(await work(kernel, tenant, jobId)).toMatchObject({ status: 'completed' });
  expect(await watched.read((db) => db.reconciliation.count())).toBe(1);
});

test('an incident that a check closed meanwhile stays closed when its interrupted revert comes to its end', async () => {
  const { watched, admin, id } = await interrupted();
  await watched.read((db) => db.incident.update({ where: { id }, data: { status: 'closed', resolution: 'undone' } }));
  const { jobId } = await admin(resolveIncident, { id, resolution: 'revert', reason: 'Back' });
  expect(await work(kernel, tenant, jobId)).toMatchObject({ status: 'completed' });
  expect(await admin(getIncident, { id })).toMatchObject({
    status: 'closed',
    reconciliations: [{ status: 'completed' }],
  });
});
