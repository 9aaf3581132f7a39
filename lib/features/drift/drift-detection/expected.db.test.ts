import { afterAll, beforeEach, expect, test } from 'vitest';
import { createBinding, reviewBinding } from '@/lib/features/change/bindings/operations';
import { updateEnvironment } from '@/lib/features/connections/environments/operations';
import { saveApproved } from '@/lib/features/history/snapshots/approved-operations';
import { newEnvironment } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance, sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { deactivateWorkflow } from '@/lib/features/inventory/workflows/write-operations';
import { runTick } from '@/lib/kernel/jobs/tick';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { edited, goLive, hotfix, live, openDriftHouse, Watched } from '../drift.fixture';
import { getIncident, listIncidents } from '../incidents/operations';
import { resolveIncident } from '../reconciliation/operations';
import { driftDue } from './jobs';

const { kernel, place } = openDriftHouse();
let instance: ScriptedInstance;
let tenant: TestTenant;
let admin: Awaited<ReturnType<typeof as>>;

beforeEach(async () => {
  instance = new ScriptedInstance();
  place.instance = instance;
  tenant = await newTenant(kernel);
  admin = await as(kernel, tenant, 'admin');
});
afterAll(() => closeHouse(kernel));

const ELSEWHERE = 'https://elsewhere.example.com';

async function incidentOf(watched: Watched) {
  const { items } = await admin(listIncidents, { environmentId: watched.id });
  return admin(getIncident, { id: items[0]!.id });
}

/** Production, whose one workflow asks elsewhere than approved, and a declaration that it may. */
async function declared() {
  const { id: n8nId } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  const { lineageId } = await watched.read((db) => db.approvedWorkflow.findFirstOrThrow());
  const value = { node: 'Ask', path: ['parameters', 'url'], type: 'text', value: ELSEWHERE };
  const said = { environmentId: watched.id, lineageId, kind: 'parameter', reason: 'Production has its own' };
  const binding = await admin(createBinding, { ...said, value });
  hotfix(instance, n8nId, ELSEWHERE);
  return { watched, n8nId, binding };
}

const documentOf = (n8nId: string) => instance.workflows.get(n8nId)!.document;
const urlOf = (n8nId: string) =>
  (documentOf(n8nId).nodes.find(({ name }) => name === 'Ask')!.parameters as { url: string }).url;

test('a declared difference is none of drift once it was reviewed, and drift again when it has run out', async () => {
  const { watched, binding } = await declared();
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted' } });
  await admin(reviewBinding, { id: binding.id });
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
  expect(await watched.read((db) => db.driftFlag.findMany({ where: { NOT: { workflowId: null } } }))).toMatchObject([
    { expected: null },
    { expected: { by: 'binding', reason: 'Production has its own' } },
  ]);
  await watched.read((db) => db.binding.update({ where: { id: binding.id }, data: { expiresAt: new Date(0) } }));
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted' } });
});

test('what is left of a difference when a part of it was declared is told anew, and voids what was decided on the whole', async () => {
  const { watched, n8nId, binding } = await declared();
  const { document } = instance.workflows.get(n8nId)!;
  instance.edit(n8nId, { ...document, settings: { ...document.settings, timezone: 'Asia/Tokyo' } });
  await watched.check();
  const whole = await incidentOf(watched);
  expect(whole.affectedWorkflows[0]!.classes).toContain('edited');
  await admin(reviewBinding, { id: binding.id });
  await watched.check();
  const rest = await incidentOf(watched);
  expect(rest.affectedWorkflows).toMatchObject([{ driftClass: 'settings', classes: ['settings'] }]);
  expect(rest.driftDigest).not.toBe(whole.driftDigest);
  const stale = { id: rest.id, resolution: 'revert', reason: 'Back', driftDigest: whole.driftDigest };
  await expect(admin(resolveIncident, stale)).rejects.toMatchObject({ code: 'drift_moved' });
});

test('an acceptance covers what was drift then, and nothing that was declared then and no longer is', async () => {
  const { watched, n8nId, binding } = await declared();
  const { document } = instance.workflows.get(n8nId)!;
  instance.edit(n8nId, { ...document, settings: { ...document.settings, timezone: 'Asia/Tokyo' } });
  await admin(reviewBinding, { id: binding.id });
  await watched.check();
  const { id } = await incidentOf(watched);
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const { jobId } = await admin(resolveIncident, { id, resolution: 'accept', reason: 'Tokyo', expiresAt });
  await watched.done(jobId);
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
  await watched.read((db) => db.binding.update({ where: { id: binding.id }, data: { expiresAt: new Date(0) } }));
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted' } });
});

test('declaring a part of what was accepted leaves the rest accepted', async () => {
  const { watched, n8nId, binding } = await declared();
  const { document } = instance.workflows.get(n8nId)!;
  instance.edit(n8nId, { ...document, settings: { ...document.settings, timezone: 'Asia/Tokyo' } });
  await watched.check();
  const { id } = await incidentOf(watched);
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const { jobId } = await admin(resolveIncident, { id, resolution: 'accept', reason: 'All of it', expiresAt });
  await watched.done(jobId);
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
  await admin(reviewBinding, { id: binding.id });
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
});

test('what is declared for one workflow goes before what is declared for all', async () => {
  live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  const { lineageId, n8nId } = await watched.read((db) => db.approvedWorkflow.findFirstOrThrow());
  const declare = (of: string | null, id: string) => {
    const said = { kind: 'credential' as const, requirement: 'httpHeaderAuth:Shop API', owner: 'Ann', reason: 'Ours' };
    const value = { n8nId: id, name: 'Shop API' };
    const data = { ...said, environmentId: watched.id, lineageId: of, value, reviewedAt: new Date() };
    return watched.read((db) => db.binding.create({ data }));
  };
  const document = sampleDocument('Orders');
  document.nodes[1]!.credentials = { httpHeaderAuth: { id: 'cred-2', name: 'Shop API' } };
  instance.edit(n8nId!, document);
  goLive(instance, n8nId!);
  await declare(null, 'cred-1');
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted' } });
  await declare(lineageId, 'cred-2');
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
});

test('a revert leaves alone what was declared, and what an admin switched off with a reason', async () => {
  const { watched, n8nId, binding } = await declared();
  await admin(reviewBinding, { id: binding.id });
  const { workflowId } = await watched.read((db) => db.workflowLink.findFirstOrThrow());
  // Approval times are told to the second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await admin(deactivateWorkflow, { id: workflowId, reason: 'Season is over' });
  const standing = documentOf(n8nId);
  const nodes = standing.nodes.map((node) => (node.name === 'Receive' ? { ...node, parameters: { path: 'x' } } : node));
  instance.edit(n8nId, { ...standing, nodes });
  await watched.check();
  const { id } = await incidentOf(watched);
  const { jobId } = await admin(resolveIncident, { id, resolution: 'revert', reason: 'Back' });
  expect(await watched.outcome(jobId)).toMatchObject({ status: 'completed', result: { check: 'clean' } });
  expect(documentOf(n8nId).nodes.find(({ name }) => name === 'Receive')!.parameters).toEqual({ path: 'Orders' });
  expect(urlOf(n8nId)).toBe(ELSEWHERE);
  expect(instance.workflows.get(n8nId)!.published).toBeNull();
});

test('who switched a workflow off answers for that until it is on again, and for nobody who does it later', async () => {
  const { id: n8nId } = live(instance, 'Orders');
  const other = live(instance, 'Returns').id;
  const watched = await Watched.adopt(kernel, tenant);
  const status = async () => (await watched.check()).result;
  expect(await status()).toMatchObject({ status: 'clean' });
  const { id } = await watched.read((db) => db.workflow.findFirstOrThrow({ where: { n8nId } }));
  await admin(deactivateWorkflow, { id, reason: 'Maintenance' });
  expect(await status()).toMatchObject({ status: 'clean' });
  // Anything that moves beside it takes nothing from that.
  hotfix(instance, other);
  expect(await status()).toMatchObject({ status: 'drifted', driftedCount: 1 });
  hotfix(instance, other, 'https://shop.example.com');
  expect(await status()).toMatchObject({ status: 'clean' });
  await instance.provider.publishWorkflow(n8nId);
  expect(await status()).toMatchObject({ status: 'clean' });
  await instance.provider.unpublishWorkflow(n8nId);
  expect(await status()).toMatchObject({ status: 'drifted', driftedCount: 1 });
  expect(await status()).toMatchObject({ status: 'drifted', driftedCount: 1 });
  await admin(deactivateWorkflow, { id, reason: 'Maintenance again' });
  expect(await status()).toMatchObject({ status: 'clean' });
});

test('dev is held to nothing, also when somebody asks and something was saved there', async () => {
  const { id: n8nId, document } = live(instance, 'Orders');
  const watched = new Watched(kernel, tenant, await newEnvironment(kernel, tenant, 'lab', 'dev'));
  await watched.done((await admin(saveApproved, { environmentId: watched.id })).jobId);
  instance.edit(n8nId, edited(document.name));
  expect(await watched.check()).toMatchObject({ result: { status: 'no_baseline', driftedCount: 0 } });
  expect(await watched.read((db) => db.workflowLink.count({ where: { driftClass: { not: null } } }))).toBe(0);
});

test('an environment that becomes dev takes its open incident to an end by itself', async () => {
  const { id: n8nId } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  hotfix(instance, n8nId);
  await watched.check();
  await admin(updateEnvironment, { id: watched.id, class: 'dev' });
  await watched.read((db) =>
    db.environment.update({ where: { id: watched.id }, data: { nextDriftCheckAt: new Date(0) } }),
  );
  await runTick(kernel, driftDue.name, new AbortController().signal);
  const job = await watched.read((db) =>
    db.backgroundJob.findFirstOrThrow({ where: { type: 'drift-check', status: 'pending' } }),
  );
  expect(await watched.outcome(job.id)).toMatchObject({ result: { status: 'no_baseline' } });
  expect(await incidentOf(watched)).toMatchObject({ status: 'closed', openCount: 0 });
});
