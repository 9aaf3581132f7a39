import { afterAll, beforeEach, expect, test } from 'vitest';
import { ignoreWorkflow } from '@/lib/features/change/lineages/link-operations';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { goLive, live, openDriftHouse, Watched } from '../drift.fixture';
import { updateDriftPolicy } from '../drift-policies/operations';
import { getIncident, listIncidents } from '../incidents/operations';
import { resolveIncident } from './operations';

const { kernel, place } = openDriftHouse();
let instance: ScriptedInstance;
let tenant: TestTenant;
let admin: Awaited<ReturnType<typeof as>>;
let watched: Watched;
/** Runs in production, where a strict policy counts what nobody approved as drift. */
let stranger: RemoteWorkflow;

beforeEach(async () => {
  instance = new ScriptedInstance();
  place.instance = instance;
  tenant = await newTenant(kernel);
  admin = await as(kernel, tenant, 'admin');
  await admin(updateDriftPolicy, { unmanagedIsDrift: true });
  live(instance, 'Orders');
  watched = await Watched.adopt(kernel, tenant);
  stranger = live(instance, 'Stranger');
  await watched.check();
});
afterAll(() => closeHouse(kernel));

async function incidentOf() {
  const { items } = await admin(listIncidents, { environmentId: watched.id });
  return admin(getIncident, { id: items[0]!.id });
}

async function resolve(resolution: 'keep' | 'revert' | 'accept', input: object = {}) {
  const incident = await incidentOf();
  expect(incident.affectedWorkflows).toMatchObject([{ name: 'Stranger', driftClass: 'unmanaged' }]);
  const { jobId } = await admin(resolveIncident, { id: incident.id, resolution, reason: 'Because', ...input });
  return watched.outcome(jobId);
}

test('what nobody approved begins its lineage and is approved once it is kept', async () => {
  expect(await resolve('keep')).toMatchObject({ status: 'completed', result: { check: 'clean' } });
  const entry = await watched.read((db) => db.approvedWorkflow.findFirstOrThrow({ where: { name: 'Stranger' } }));
  expect(entry.n8nId).toBe(stranger.id);
  const link = await watched.read((db) => db.workflowLink.findFirst({ where: { lineageId: entry.lineageId } }));
  expect(link).toMatchObject({ status: 'linked', method: 'saved' });
});

test('what nobody approved goes to the archive when it is reverted, and is not deleted', async () => {
  expect(await resolve('revert')).toMatchObject({ status: 'completed', result: { check: 'clean' } });
  expect(instance.workflows.get(stranger.id)).toMatchObject({ archived: true, published: null });
  expect(await incidentOf()).toMatchObject({ status: 'closed', resolution: 'revert' });
});

test('what nobody approved may be accepted as it runs, whatever it holds; switched off it is another difference', async () => {
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  expect(await resolve('accept', { expiresAt })).toMatchObject({ status: 'completed' });
  instance.edit(stranger.id, { ...stranger.document, settings: { timezone: 'Asia/Tokyo' } });
  goLive(instance, stranger.id);
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
  instance.save({ ...instance.workflows.get(stranger.id)!, published: null, updatedAt: instance.now() });
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted' } });
});

test.each([
  ['approved', () => watched.adopt()],
  ['ignored', async () => admin(ignoreWorkflow, { id: await strangerId(), reason: 'A playground' })],
])('what was %s since is not reverted to the archive as what nobody approved', async (_, decide) => {
  await decide();
  expect(await resolve('revert')).toMatchObject({ status: 'failed', error: { code: 'drift_moved' } });
  expect(instance.workflows.get(stranger.id)).toMatchObject({ archived: false });
  expect(instance.workflows.get(stranger.id)!.published).not.toBeNull();
});

test('what was approved since, as it stands, is kept already', async () => {
  await watched.adopt();
  expect(await resolve('keep')).toMatchObject({ status: 'completed', result: { check: 'clean' } });
});

async function strangerId() {
  const { id } = await watched.read((db) => db.workflow.findFirstOrThrow({ where: { n8nId: stranger.id } }));
  return id;
}
