import { afterAll, beforeEach, expect, test } from 'vitest';
import { runsDue } from '@/lib/features/change/journal/jobs';
import { work } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { cancelBackgroundJob } from '@/lib/features/service/background-jobs/operations';
import { runTick } from '@/lib/kernel/jobs/tick';
import { ProviderError } from '@/lib/ports/provider-error';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { hotfix, live, openDriftHouse, Watched } from '../drift.fixture';
import { approveDriftApproval, requestDriftApproval } from '../drift-approvals/operations';
import { updateDriftPolicy } from '../drift-policies/operations';
import { getIncident, listIncidents } from '../incidents/operations';
import { blockingIncidents } from '../incidents/service';
import { resolveIncident } from './operations';
import { ATTEMPTS } from './running';

const { kernel, place } = openDriftHouse();
let instance: ScriptedInstance;
let tenant: TestTenant;

beforeEach(async () => {
  instance = new ScriptedInstance();
  place.instance = instance;
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

/** A production environment with one workflow approved, edited behind our back, and found out. */
async function drifted(...names: string[]) {
  const all = names.map((name) => live(instance, name));
  const watched = await Watched.adopt(kernel, tenant);
  for (const { id } of all) hotfix(instance, id);
  await watched.check();
  return { watched, all, incident: await incidentOf(watched) };
}

async function incidentOf(watched: Watched) {
  const viewer = await as(kernel, tenant, 'viewer');
  const { items } = await viewer(listIncidents, { environmentId: watched.id });
  return viewer(getIncident, { id: items[0]!.id });
}

const urlOf = (id: string) =>
  (instance.workflows.get(id)!.document.nodes.find(({ name }) => name === 'Ask')!.parameters as { url: string }).url;

async function resolve(id: string, input: object) {
  const admin = await as(kernel, tenant, 'admin');
  const { jobId } = await admin(resolveIncident, { id, reason: 'Because', ...input });
  return work(kernel, tenant, jobId);
}

test('revert puts back what is approved, live again, and the check that ends it closes the incident', async () => {
  const { watched, all, incident } = await drifted('Orders');
  expect(await resolve(incident.id, { resolution: 'revert' })).toMatchObject({
    status: 'completed',
    result: { status: 'completed', check: 'clean' },
  });
  expect(urlOf(all[0]!.id)).toBe('https://shop.example.com');
  expect(instance.workflows.get(all[0]!.id)!.published).not.toBeNull();
  const closed = await incidentOf(watched);
  expect(closed).toMatchObject({ status: 'closed', resolution: 'revert', openCount: 0 });
  expect(closed.timeline.map(({ type }) => type)).toEqual([
    'detected',
    'resolution_started',
    'resolved',
    'reconciled',
    'closed',
  ]);
  expect(await watched.environment()).toMatchObject({ driftStatus: 'none', driftCount: 0 });
});

test('keep makes the hotfix what is approved, in git under the name of who decided it; the instance is not written', async () => {
  const { watched, all, incident } = await drifted('Orders');
  instance.forget();
  expect(await resolve(incident.id, { resolution: 'keep' })).toMatchObject({ status: 'completed' });
  expect(instance.calls.filter((call) => /^(update|publish|create|archive|unpublish|set)/.test(call))).toEqual([]);
  expect(urlOf(all[0]!.id)).toBe('https://elsewhere.example.com');
  expect(await incidentOf(watched)).toMatchObject({ status: 'closed', resolution: 'keep' });
  const store = kernel.ports.approvedStore.forTenant(tenant.id);
  const [commit] = await store.log({ limit: 1 });
  expect(commit!.author.email).toBe(tenant.people.admin.email);
  expect(commit!.trailers.actor).toBe(`user:${tenant.people.admin.id}`);
  expect(commit!.body).toContain('Because');
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
});

test('what is accepted closes at once, is no drift until its date, and another edit is drift again', async () => {
  const { watched, all, incident } = await drifted('Orders');
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const refused = { errors: [{ path: 'expiresAt' }] };
  await expect(resolve(incident.id, { resolution: 'accept' })).rejects.toMatchObject(refused);
  const past = new Date(Date.now() - 1_000).toISOString();
  await expect(resolve(incident.id, { resolution: 'accept', expiresAt: past })).rejects.toMatchObject(refused);
  expect(await resolve(incident.id, { resolution: 'accept', expiresAt })).toMatchObject({ status: 'completed' });
  expect(await incidentOf(watched)).toMatchObject({ status: 'closed', resolution: 'accept' });
  expect(await watched.environment()).toMatchObject({ driftStatus: 'none' });
  await watched.read((db) => db.acceptedDrift.updateMany({ data: { expiresAt: new Date(0) } }));
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted' } });
  const again = await incidentOf(watched);
  expect(again).toMatchObject({ status: 'detected' });
  expect(again.id).not.toBe(incident.id);
  await watched.read((db) => db.acceptedDrift.updateMany({ data: { expiresAt: new Date(expiresAt) } }));
  hotfix(instance, all[0]!.id, 'https://third.example.com');
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted' } });
});

test('a resolution is void once the drift moved: nothing is written, and the incident shows what is there now', async () => {
  const { watched, all, incident } = await drifted('Orders');
  const admin = await as(kernel, tenant, 'admin');
  const { jobId } = await admin(resolveIncident, { id: incident.id, resolution: 'revert', reason: 'Back' });
  hotfix(instance, all[0]!.id, 'https://third.example.com');
  expect(await work(kernel, tenant, jobId)).toMatchObject({ status: 'failed', error: { code: 'drift_moved' } });
  expect(urlOf(all[0]!.id)).toBe('https://third.example.com');
  const moved = await incidentOf(watched);
  expect(moved).toMatchObject({ status: 'detected' });
  expect(moved.driftDigest).not.toBe(incident.driftDigest);
  const stale = { id: incident.id, resolution: 'revert', reason: 'Back', driftDigest: incident.driftDigest };
  await expect(admin(resolveIncident, stale)).rejects.toMatchObject({ code: 'drift_moved' });
});

test('of fifty resolutions at once exactly one is carried out', async () => {
  const { watched, incident } = await drifted('Orders');
  const admin = await as(kernel, tenant, 'admin');
  const ask = () => admin(resolveIncident, { id: incident.id, resolution: 'revert', reason: 'Back' });
  const receipts = await Promise.all(Array.from({ length: 50 }, ask));
  expect(new Set(receipts.map(({ jobId }) => jobId)).size).toBe(1);
  expect(receipts.filter(({ alreadyRunning }) => !alreadyRunning)).toHaveLength(1);
  instance.forget();
  const jobs = await watched.read((db) => db.backgroundJob.findMany({ where: { type: 'incident-resolve' } }));
  expect(jobs).toHaveLength(1);
  await Promise.all(Array.from({ length: 5 }, () => work(kernel, tenant, jobs[0]!.id)));
  expect(instance.calls.filter((call) => call === 'updateWorkflow')).toHaveLength(1);
  expect(await watched.read((db) => db.reconciliation.count())).toBe(1);
  await expect(ask()).rejects.toMatchObject({ code: 'illegal_transition' });
}, 60_000);

test('a part can be resolved alone; the rest stays open and gives the incident its title and severity, and what was done in two ways is mixed', async () => {
  const { watched, all } = await drifted('Orders', 'Returns');
  instance.workflows.delete(all[0]!.id);
  await watched.check();
  const incident = await incidentOf(watched);
  const [orders, returns] = ['Orders', 'Returns'].map(
    (name) => incident.affectedWorkflows.find((one) => one.name === name)!,
  );
  await resolve(incident.id, { resolution: 'revert', workflowIds: [orders!.workflowId] });
  const half = await incidentOf(watched);
  expect(half).toMatchObject({ status: 'detected', openCount: 1, affectedCount: 2 });
  expect([incident.severity, half.severity]).toEqual(['critical', 'high']);
  expect(half.title).toBe('Returns was edited in eu-production');
  await expect(resolve(incident.id, { resolution: 'keep', workflowIds: [orders!.workflowId] })).rejects.toMatchObject({
    errors: [{ path: 'workflowIds.0' }],
  });
  await resolve(incident.id, { resolution: 'keep', workflowIds: [returns!.workflowId] });
  expect(await incidentOf(watched)).toMatchObject({ status: 'closed', resolution: 'mixed' });
});

test('a part that is being resolved is no answer to whoever asks for all, nor a keeping to one that accepts secrets', async () => {
  const { incident } = await drifted('Orders', 'Returns');
  const { id } = incident;
  const workflowIds = [incident.affectedWorkflows[0]!.workflowId!];
  const admin = await as(kernel, tenant, 'admin');
  const keep = (input: object) => admin(resolveIncident, { id, resolution: 'keep', reason: 'Fine', ...input });
  const { jobId } = await keep({ workflowIds });
  await expect(keep({})).rejects.toMatchObject({ code: 'resolution_running' });
  await expect(keep({ workflowIds, acceptSecrets: true })).rejects.toMatchObject({ code: 'resolution_running' });
  expect(await keep({ workflowIds })).toEqual({ jobId, alreadyRunning: true });
});

test('a write that the instance refuses leaves the incident open and says why', async () => {
  const { watched, incident } = await drifted('Orders');
  instance.broken.set('updateWorkflow', 'not_permitted');
  expect(await resolve(incident.id, { resolution: 'revert' })).toMatchObject({ status: 'failed' });
  const still = await incidentOf(watched);
  expect(still).toMatchObject({ status: 'detected', openCount: 1, reconciliations: [{ status: 'failed' }] });
  expect(still.reconciliations[0]!.problem!.detail).toContain('Orders');
  instance.broken.clear();
  expect(await resolve(incident.id, { resolution: 'revert' })).toMatchObject({ status: 'completed' });
});

test('a resolution whose job was cancelled before it wrote makes room for another; the incident is not stuck', async () => {
  const { watched, incident } = await drifted('Orders');
  const admin = await as(kernel, tenant, 'admin');
  const { jobId } = await admin(resolveIncident, { id: incident.id, resolution: 'revert', reason: 'Back' });
  const may = async () => (await admin(getIncident, { id: incident.id })).actions.find((one) => one.action === 'keep')!;
  expect(await may()).toMatchObject({ allowed: false, detail: 'A resolution is running.' });
  await admin(cancelBackgroundJob, { id: jobId });
  expect(await may()).toMatchObject({ allowed: true });
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted', incidentId: incident.id } });
  expect(await resolve(incident.id, { resolution: 'keep' })).toMatchObject({ status: 'completed' });
  const { reconciliations } = await incidentOf(watched);
  expect(reconciliations.map(({ status, problem }) => [status, problem?.code])).toEqual([
    ['completed', undefined],
    ['failed', 'abandoned'],
  ]);
});

test('in production a resolution takes an admin', async () => {
  const { incident } = await drifted('Orders');
  const developer = await as(kernel, tenant, 'developer');
  const input = { id: incident.id, resolution: 'revert', reason: 'Back' };
  await expect(developer(resolveIncident, input)).rejects.toMatchObject({ kind: 'blocked', rule: 'role_for_class' });
});

test('where the policy asks for a second person, an approval of exactly this is used up by it, once', async () => {
  await (await as(kernel, tenant, 'admin'))(updateDriftPolicy, { approvalFor: ['resolve'] });
  live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant, 'staging');
  hotfix(instance, [...instance.workflows.keys()][0]!);
  await watched.check();
  const { id } = await incidentOf(watched);
  const [developer, admin] = [await as(kernel, tenant, 'developer'), await as(kernel, tenant, 'admin')];
  const revert = () => developer(resolveIncident, { id, resolution: 'revert', reason: 'Back' });
  await expect(revert()).rejects.toMatchObject({ rule: 'approval_required' });
  const asked = await developer(requestDriftApproval, { incidentId: id, action: 'resolve', resolution: 'revert' });
  await expect(revert()).rejects.toMatchObject({ rule: 'approval_required' });
  await admin(approveDriftApproval, { id: asked.id });
  await expect(developer(resolveIncident, { id, resolution: 'keep', reason: 'Other' })).rejects.toMatchObject({
    rule: 'approval_required',
  });
  const { jobId } = await revert();
  expect(await work(kernel, tenant, jobId)).toMatchObject({ status: 'completed' });
  expect(await watched.read((db) => db.driftApproval.findMany({ select: { status: true } }))).toEqual([
    { status: 'consumed' },
  ]);
});

test('an overdue incident blocks promotions by policy until it is resolved', async () => {
  const { watched, incident } = await drifted('Orders');
  const blocking = () => watched.read((db) => blockingIncidents(db, watched.id));
  expect(await blocking()).toEqual([]);
  await watched.read((db) => db.incident.updateMany({ data: { dueAt: new Date(0) } }));
  expect(await blocking()).toMatchObject([{ id: incident.id, rule: 'drift_expired' }]);
  await resolve(incident.id, { resolution: 'revert' });
  expect(await blocking()).toEqual([]);
});

test('a revert whose job gave up in the middle stays open, is taken up by the tick, and ends', async () => {
  const { watched, all, incident } = await drifted('Orders');
  const admin = await as(kernel, tenant, 'admin');
  const { jobId } = await admin(resolveIncident, { id: incident.id, resolution: 'revert', reason: 'Back' });
  await watched.read((db) => db.backgroundJob.update({ where: { id: jobId }, data: { attempts: ATTEMPTS - 1 } }));
  const { updateWorkflow } = instance.provider;
  instance.provider.updateWorkflow = async (...call) => {
    instance.broken.set('getWorkflow', 'unreachable');
    await updateWorkflow(...call);
    throw new ProviderError('unreachable', 'The connection broke.');
  };
  expect(await work(kernel, tenant, jobId)).toMatchObject({ status: 'failed', error: { code: 'unreachable' } });
  expect((await incidentOf(watched)).reconciliations).toMatchObject([{ status: 'pending' }]);
  instance.provider.updateWorkflow = updateWorkflow;
  instance.broken.clear();
  await runTick(kernel, runsDue.name, new AbortController().signal);
  const taken = await watched.read((db) =>
    db.backgroundJob.findFirstOrThrow({ where: { type: 'incident-resolve', status: 'pending' } }),
  );
  expect(await work(kernel, tenant, taken.id)).toMatchObject({ status: 'completed' });
  expect(urlOf(all[0]!.id)).toBe('https://shop.example.com');
  expect(await incidentOf(watched)).toMatchObject({ status: 'closed', reconciliations: [{ status: 'completed' }] });
});
