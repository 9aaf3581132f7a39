import { afterAll, beforeEach, expect, test } from 'vitest';
import { refresh } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance, sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { saveWorkflows } from '@/lib/features/inventory/workflows/cache';
import { observe } from '@/lib/features/inventory/workflows/observe';
import { listWorkflows } from '@/lib/features/inventory/workflows/operations';
import { activateWorkflow, deactivateWorkflow } from '@/lib/features/inventory/workflows/write-operations';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { goLive, hotfix, openDriftHouse, Watched } from '../drift.fixture';
import { getIncident, listIncidents } from '../incidents/operations';
import { resolveIncident } from '../reconciliation/operations';

const { kernel, place } = openDriftHouse();
let instance: ScriptedInstance;
let tenant: TestTenant;

beforeEach(async () => {
  instance = new ScriptedInstance();
  place.instance = instance;
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

const DESCRIPTION = 'Takes orders in';
const admin = () => as(kernel, tenant, 'admin');
const described = (description: string, name = 'Orders') => ({ ...sampleDocument(name), description });
const standing = (id: string) => instance.workflows.get(id)!;
const describe = (id: string, description: string) => {
  instance.edit(id, { ...standing(id).document, description });
  return goLive(instance, id);
};
const add = (description: string) => goLive(instance, instance.add('Orders', { document: described(description) }).id);
const status = async (watched: Watched) => (await watched.check()).result;
/** As whatever reads it by itself leaves it in the inventory. */
const store = (watched: Watched, id: string) =>
  watched.read((db) => saveWorkflows(db, watched.id, [observe(standing(id))]));
/** As a list left it there, before anything read it by itself. */
const unread = (watched: Watched, id: string) =>
  watched.read(async (db) => {
    const { description: _, ...document } = standing(id).document;
    await saveWorkflows(db, watched.id, [observe({ ...standing(id), document })]);
    await db.workflow.updateMany({ data: { whole: false } });
  });

async function openIncident(watched: Watched) {
  const call = await admin();
  const { items } = await call(listIncidents, { environmentId: watched.id, open: true });
  return call(getIncident, { id: items[0]!.id });
}

async function resolve(watched: Watched, input: object) {
  const call = await admin();
  const { id } = await openIncident(watched);
  return watched.done((await call(resolveIncident, { id, reason: 'Because', ...input })).jobId);
}

test('what is switched off and on again by our own doors is as it was approved, description and all', async () => {
  add(DESCRIPTION);
  const watched = await Watched.adopt(kernel, tenant);
  const call = await admin();
  const { items } = await call(listWorkflows, {});
  await call(deactivateWorkflow, { id: items[0]!.id, reason: 'Inventory' });
  await call(activateWorkflow, { id: items[0]!.id, reason: 'Done' });
  expect(await status(watched)).toMatchObject({ status: 'clean' });
});

test('another description is drift within one check, whatever read the list before it, and revert brings it back', async () => {
  const { id } = add(DESCRIPTION);
  const watched = await Watched.adopt(kernel, tenant);
  describe(id, 'Nobody knows');
  await refresh(kernel, tenant, watched.id);
  expect(await status(watched)).toMatchObject({ status: 'drifted' });
  const { affectedWorkflows } = await openIncident(watched);
  expect(affectedWorkflows).toMatchObject([{ driftClass: 'settings' }]);
  expect(await resolve(watched, { resolution: 'revert' })).toMatchObject({ result: { check: 'clean' } });
  expect(standing(id).document.description).toBe(DESCRIPTION);
});

test('an approved file without a description says nothing of the one that stands there, however it is read', async () => {
  const { id } = add('');
  const watched = await Watched.adopt(kernel, tenant);
  describe(id, DESCRIPTION);
  expect(await status(watched)).toMatchObject({ status: 'clean' });
  await unread(watched, id);
  expect(await status(watched)).toMatchObject({ status: 'clean' });
  hotfix(instance, id);
  describe(id, DESCRIPTION);
  expect(await status(watched)).toMatchObject({ status: 'drifted' });
  expect(await resolve(watched, { resolution: 'revert' })).toMatchObject({ result: { check: 'clean' } });
  expect(standing(id).document.description).toBe(DESCRIPTION);
});

test('what was accepted stays accepted, whether the workflow is read by itself or from a list', async () => {
  for (const approved of [DESCRIPTION, '']) {
    const { id } = add(approved);
    const watched = await Watched.adopt(kernel, tenant, approved ? 'production' : 'staging');
    hotfix(instance, id);
    describe(id, DESCRIPTION);
    expect(await status(watched)).toMatchObject({ status: 'drifted', driftedCount: 1 });
    const { driftDigest } = await openIncident(watched);
    await unread(watched, id);
    expect(await status(watched)).toMatchObject({ status: 'drifted', driftedCount: 1 });
    expect(await openIncident(watched)).toMatchObject({ driftDigest });
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    await resolve(watched, { resolution: 'accept', expiresAt });
    await store(watched, id);
    expect(await status(watched)).toMatchObject({ status: 'clean' });
    await unread(watched, id);
    expect(await status(watched)).toMatchObject({ status: 'clean' });
    instance.workflows.delete(id);
  }
});

test('what is approved is read by itself once; a check then asks for what moved alone', async () => {
  const [first] = ['Orders', 'Refunds', 'Stock'].map((name) =>
    goLive(instance, instance.add(name, { document: described(DESCRIPTION, name) }).id),
  );
  const watched = await Watched.adopt(kernel, tenant);
  const asked = () => instance.calls.filter((method) => method === 'getWorkflow').length;
  instance.forget();
  await watched.check();
  expect(asked()).toBe(0);
  describe(first!.id, 'Other');
  await watched.check();
  expect(asked()).toBe(1);
  await watched.read((db) => db.workflow.updateMany({ data: { whole: false } }));
  await watched.check();
  await watched.check();
  expect(asked()).toBe(4);
});
