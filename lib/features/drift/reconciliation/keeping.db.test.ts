import { afterAll, beforeEach, expect, test } from 'vitest';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { edited, hotfix, live, openDriftHouse, Watched } from '../drift.fixture';
import { approveDriftApproval, requestDriftApproval } from '../drift-approvals/operations';
import { updateDriftPolicy } from '../drift-policies/operations';
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

const SECRET = 'sk_live_51H8xXyZabcdefghijklmnop';
const call = async <T>(work: (admin: Awaited<ReturnType<typeof as>>) => Promise<T>) =>
  work(await as(kernel, tenant, 'admin'));
const headOf = () => kernel.ports.approvedStore.forTenant(tenant.id).head();

async function incidentOf(watched: Watched) {
  const { items } = await call((admin) => admin(listIncidents, { environmentId: watched.id }));
  return call((admin) => admin(getIncident, { id: items[0]!.id }));
}

async function keep(watched: Watched, id: string, input: object = {}) {
  const { jobId } = await call((admin) => admin(resolveIncident, { id, resolution: 'keep', reason: 'Fine', ...input }));
  return watched.outcome(jobId);
}

/** Production, where somebody wrote a secret into a workflow behind our back. */
async function leaking() {
  const { id: n8nId } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  hotfix(instance, n8nId, `https://shop.example.com/?key=${SECRET}`);
  await watched.check();
  return { watched, incident: await incidentOf(watched) };
}

test('a hotfix with a secret written out does not reach git until somebody accepts that', async () => {
  const { watched, incident } = await leaking();
  const before = await headOf();
  const refused = await keep(watched, incident.id);
  expect(refused).toMatchObject({ status: 'failed', error: { code: 'plaintext_secrets' } });
  expect(await headOf()).toBe(before);
  const still = await incidentOf(watched);
  expect(still).toMatchObject({ status: 'detected', openCount: 1, reconciliations: [{ status: 'failed' }] });
  const { detail } = still.reconciliations[0]!.problem!;
  expect(detail).toContain('Orders, Ask');
  expect(detail).toContain('acceptSecrets');
  expect(JSON.stringify([refused, still])).not.toContain(SECRET);
  expect(await keep(watched, incident.id, { acceptSecrets: true })).toMatchObject({ status: 'completed' });
  expect(await headOf()).not.toBe(before);
  expect(await incidentOf(watched)).toMatchObject({ status: 'closed', resolution: 'keep' });
});

test('only what is kept asks about secrets, and who approved a keeping did not accept them', async () => {
  await call((admin) => admin(updateDriftPolicy, { approvalFor: ['resolve'] }));
  const { incident } = await leaking();
  const { id } = incident;
  await expect(
    call((admin) => admin(resolveIncident, { id, resolution: 'revert', reason: 'Back', acceptSecrets: true })),
  ).rejects.toMatchObject({ errors: [{ path: 'acceptSecrets' }] });
  const developer = await as(kernel, tenant, 'developer');
  const asked = await developer(requestDriftApproval, { incidentId: id, action: 'resolve', resolution: 'keep' });
  await call((admin) => admin(approveDriftApproval, { id: asked.id }));
  const resolve = (input: object) =>
    call((admin) => admin(resolveIncident, { id, resolution: 'keep', reason: 'Fine', ...input }));
  await expect(resolve({ acceptSecrets: true })).rejects.toMatchObject({ rule: 'approval_required' });
  expect(await resolve({ acceptSecrets: false })).toMatchObject({ alreadyRunning: false });
});

test('of a draft that does not run nobody can tell what is meant: keeping it is refused with what to do instead', async () => {
  const { id, document } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  instance.edit(id, edited(document.name));
  await watched.check();
  const incident = await incidentOf(watched);
  expect(await keep(watched, incident.id)).toMatchObject({ status: 'failed', error: { code: 'draft_not_published' } });
  const [failed] = (await incidentOf(watched)).reconciliations;
  expect(failed!.problem!.detail).toContain('Publish the draft in n8n to keep it');
});

test('what was approved between the second look and the commit is not approved over by a hotfix', async () => {
  const { id } = live(instance, 'Orders');
  const watched = await Watched.adopt(kernel, tenant);
  hotfix(instance, id);
  await watched.check();
  const incident = await incidentOf(watched);
  const store = kernel.ports.approvedStore.forTenant(tenant.id);
  const { getWorkflow } = instance.provider;
  instance.provider.getWorkflow = async (...asked) => {
    instance.provider.getWorkflow = getWorkflow;
    const head = await store.head();
    const path = (await store.readTree(head!)).find((one) => one.path.includes('/workflows/'))!.path;
    const released = new TextDecoder().decode((await store.readFile(head!, path))!).replace('shop.', 'new-shop.');
    const author = { name: 'Release', email: 'release@example.test' };
    const changes = new Map([[path, new TextEncoder().encode(released)]]);
    await store.commit({ expectedHead: head, changes, author, message: 'Release', trailers: { actor: 'system' } });
    return getWorkflow(...asked);
  };
  expect(await keep(watched, incident.id)).toMatchObject({ status: 'failed', error: { code: 'drift_moved' } });
  const [newest] = await store.log({ limit: 1 });
  expect(newest!.subject).toBe('Release');
  const moved = await incidentOf(watched);
  expect(moved).toMatchObject({ status: 'detected', openCount: 1 });
  expect(moved.driftDigest).not.toBe(incident.driftDigest);
});
