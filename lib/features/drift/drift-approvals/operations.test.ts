import { afterAll, beforeEach, expect, test } from 'vitest';
import { ROLE_PERMISSIONS } from '@/lib/core/permissions';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { resolvePrincipal } from '@/lib/server/principal';
import { as, callerOf, closeHouse, newApiKey, newTenant, type TestTenant } from '@/lib/testing/house';
import { hotfix, live, openDriftHouse, Watched } from '../drift.fixture';
import { updateDriftPolicy } from '../drift-policies/operations';
import { listIncidents } from '../incidents/operations';
import { acknowledgeIncident, extendIncident } from './incident-operations';
import {
  approveDriftApproval,
  cancelDriftApproval,
  listDriftApprovals,
  rejectDriftApproval,
  requestDriftApproval,
} from './operations';

const { kernel, place } = openDriftHouse();
let tenant: TestTenant;
let watched: Watched;
let incidentId: string;

beforeEach(async () => {
  const instance = new ScriptedInstance();
  place.instance = instance;
  tenant = await newTenant(kernel);
  await (await as(kernel, tenant, 'admin'))(updateDriftPolicy, { template: 'strict' });
  const { id } = live(instance, 'Orders');
  watched = await Watched.adopt(kernel, tenant);
  hotfix(instance, id);
  await watched.check();
  incidentId = (await (await as(kernel, tenant, 'viewer'))(listIncidents, {})).items[0]!.id;
});
afterAll(() => closeHouse(kernel));

const ask = async (role: 'developer' | 'admin', input: object = { action: 'acknowledge' }) =>
  (await as(kernel, tenant, role))(requestDriftApproval, { incidentId, ...input });

test('an action that needs a second person is refused until another agreed, and then done once', async () => {
  const [developer, admin] = [await as(kernel, tenant, 'developer'), await as(kernel, tenant, 'admin')];
  await expect(developer(acknowledgeIncident, { id: incidentId })).rejects.toMatchObject({ rule: 'approval_required' });
  const { id } = await ask('developer');
  await admin(approveDriftApproval, { id, comment: 'Fine' });
  expect(await developer(acknowledgeIncident, { id: incidentId })).toMatchObject({ status: 'acknowledged' });
  expect((await developer(listDriftApprovals, { status: 'consumed' })).items).toMatchObject([{ id, comment: 'Fine' }]);
});

test('an approval is good for exactly what was asked', async () => {
  const [developer, admin] = [await as(kernel, tenant, 'developer'), await as(kernel, tenant, 'admin')];
  await expect(ask('developer', { action: 'extend' })).rejects.toMatchObject({ errors: [{ path: 'hours' }] });
  const { id } = await ask('developer', { action: 'extend', hours: 24 });
  await admin(approveDriftApproval, { id });
  const extend = (hours: number) => developer(extendIncident, { id: incidentId, hours, reason: 'Vendor' });
  await expect(extend(48)).rejects.toMatchObject({ rule: 'approval_required' });
  await extend(24);
  await expect(extend(24)).rejects.toMatchObject({ rule: 'approval_required' });
});

test('nobody decides the own request, not even with a key of theirs; a developer decides none', async () => {
  const { id } = await ask('admin');
  const admin = await as(kernel, tenant, 'admin');
  await expect(admin(approveDriftApproval, { id })).rejects.toMatchObject({ rule: 'own_request' });
  const bearer = await kernel.database.asPlatform((db) =>
    newApiKey(db, tenant.id, tenant.people.admin.id, ROLE_PERMISSIONS.admin),
  );
  const key = callerOf(kernel, await resolvePrincipal(kernel.database, { bearer, sessionToken: null, tenant: null }));
  await expect(key(approveDriftApproval, { id })).rejects.toMatchObject({ rule: 'own_request' });
  const developer = await as(kernel, tenant, 'developer');
  await expect(developer(approveDriftApproval, { id })).rejects.toMatchObject({ kind: 'forbidden' });
});

test('of many decisions at once one counts, and what is decided stays so', async () => {
  const { id } = await ask('developer');
  const admin = await as(kernel, tenant, 'admin');
  const all = await Promise.allSettled(
    Array.from({ length: 20 }, (_, at) => admin(at % 2 ? approveDriftApproval : rejectDriftApproval, { id })),
  );
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(admin(rejectDriftApproval, { id })).rejects.toMatchObject({ code: 'decided' });
});

test('one request at a time; it can be withdrawn by who asked, and one that ran out makes room', async () => {
  const { id } = await ask('developer');
  await expect(ask('admin')).rejects.toMatchObject({ code: 'approval_pending' });
  await (await as(kernel, tenant, 'developer'))(cancelDriftApproval, { id });
  const second = await ask('admin');
  await watched.read((db) => db.driftApproval.update({ where: { id: second.id }, data: { expiresAt: new Date(0) } }));
  const viewer = await as(kernel, tenant, 'viewer');
  expect((await viewer(listDriftApprovals, { status: 'expired' })).items).toMatchObject([{ id: second.id }]);
  expect((await viewer(listDriftApprovals, { status: 'pending' })).total).toBe(0);
  expect(await ask('developer')).toMatchObject({ status: 'pending' });
});

test('where the policy asks nobody, there is nothing to ask for', async () => {
  await (await as(kernel, tenant, 'admin'))(updateDriftPolicy, { template: 'relaxed' });
  await expect(ask('developer')).rejects.toMatchObject({ code: 'approval_not_needed' });
});

test('each who looks is told what they may decide, and else why not', async () => {
  await ask('developer');
  const seenBy = async (role: 'viewer' | 'developer' | 'admin') =>
    (await (await as(kernel, tenant, role))(listDriftApprovals, {})).items[0]!.can;
  expect(await seenBy('admin')).toMatchObject({ approve: { allowed: true }, cancel: { allowed: true } });
  expect(await seenBy('developer')).toMatchObject({ approve: { allowed: false }, cancel: { allowed: true } });
  const { approve, cancel } = await seenBy('viewer');
  expect([approve.reason, cancel.reason]).toEqual(['An admin decides it.', 'Your role only looks at incidents.']);
  await (await as(kernel, tenant, 'developer'))(cancelDriftApproval, {
    id: (await (await as(kernel, tenant, 'viewer'))(listDriftApprovals, {})).items[0]!.id,
  });
  await ask('admin');
  expect((await seenBy('admin')).approve.reason).toContain('Nobody decides the own request');
});
