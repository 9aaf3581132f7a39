import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { newEnvironment, refresh } from '../environment.fixture';
import { ScriptedInstance, sampleDocument } from '../instance.fixture';
import { getWorkflow, listWorkflows } from './operations';
import {
  activateWorkflow,
  deactivateWorkflow,
  deleteWorkflow,
  setWorkflowTags,
  updateWorkflow,
} from './write-operations';

let instance = new ScriptedInstance();
const registry = new Map([['n8n', { ...instance.kind, connect: () => instance.provider }]]);
const kernel: Kernel = openHouse({ ports: { providers: registry } });
let tenant: TestTenant;

beforeEach(async () => {
  instance = new ScriptedInstance();
  instance.tags.push({ id: 't1', name: 'shop' }, { id: 't2', name: 'urgent' });
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

/** One workflow in an environment of this class, seen by a refresh. */
async function oneWorkflow(tier: string) {
  const environmentId = await newEnvironment(kernel, tenant, tier, tier);
  const remote = instance.add('Order intake');
  await refresh(kernel, tenant, environmentId);
  const { items } = await (await as(kernel, tenant, 'viewer'))(listWorkflows, { environmentId });
  instance.forget();
  return { ...items[0]!, remote };
}
const auditOf = async (action: string) => {
  const rows = await kernel.database.asTenant(tenant.id, (db) =>
    db.auditEvent.findMany({ where: { action }, orderBy: { seq: 'asc' } }),
  );
  return rows.map(({ outcome, details }) => ({ outcome, details }));
};

test('in dev a developer switches on and off; each is read back, and recorded before and after', async () => {
  const { id, remote } = await oneWorkflow('dev');
  const developer = await as(kernel, tenant, 'developer');
  expect(await developer(activateWorkflow, { id })).toMatchObject({ status: 'applied', workflow: { active: true } });
  expect(instance.workflows.get(remote.id)?.published).not.toBeNull();
  expect(await developer(deactivateWorkflow, { id })).toMatchObject({ workflow: { active: false } });
  expect(await auditOf('workflow.activated')).toMatchObject([
    { outcome: 'intended' },
    { outcome: 'succeeded', details: { before: { active: false }, after: { active: true } } },
  ]);
});

test('in production it takes an admin and a reason, which is recorded with the change as an expected one', async () => {
  const { id } = await oneWorkflow('production');
  const developer = await as(kernel, tenant, 'developer');
  await expect(developer(activateWorkflow, { id, reason: 'needed now' })).rejects.toMatchObject({
    kind: 'blocked',
    rule: 'role_for_class',
  });
  const admin = await as(kernel, tenant, 'admin');
  await expect(admin(activateWorkflow, { id })).rejects.toMatchObject({ errors: [{ path: 'reason' }] });
  expect(instance.calls).toEqual([]);
  expect(await admin(activateWorkflow, { id, reason: 'Season starts' })).toMatchObject({ workflow: { active: true } });
  expect((await auditOf('workflow.activated')).at(-1)).toMatchObject({
    outcome: 'succeeded',
    details: { reason: 'Season starts', expectedChange: true, class: 'production' },
  });
});

test('what is changed in staging or production goes through a promotion, even for an admin', async () => {
  const { id, name } = await oneWorkflow('staging');
  const admin = await as(kernel, tenant, 'admin');
  for (const attempt of [
    () => admin(updateWorkflow, { id, name: 'Other' }),
    () => admin(deleteWorkflow, { id }),
    () => admin(deleteWorkflow, { id, hard: true, confirmName: name }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ kind: 'blocked', rule: 'staging_class' });
  }
  expect(instance.calls).toEqual([]);
});

test('tags are set by name, and one that the instance has not is named', async () => {
  const { id } = await oneWorkflow('dev');
  const developer = await as(kernel, tenant, 'developer');
  await expect(developer(setWorkflowTags, { id, tags: ['shop', 'nope'] })).rejects.toMatchObject({
    errors: [{ path: 'tags' }],
  });
  const written = await developer(setWorkflowTags, { id, tags: ['urgent', 'shop'] });
  expect(written.workflow.tags).toEqual(['shop', 'urgent']);
});

test('a new draft is written as seen, and ids, state and forbidden keys in it go nowhere', async () => {
  const { id, remote } = await oneWorkflow('dev');
  const developer = await as(kernel, tenant, 'developer');
  const workflow = { ...sampleDocument('Renamed'), id: 'other', active: true, tags: [{ name: 'shop' }] };
  const written = await developer(updateWorkflow, { id, workflow });
  expect(written).toMatchObject({ status: 'applied', workflow: { name: 'Renamed', active: false, tags: [] } });
  expect(Object.keys(instance.workflows.get(remote.id)!.document).sort()).toEqual([
    'connections',
    'name',
    'nodes',
    'settings',
  ]);
  expect((await developer(getWorkflow, { id })).name).toBe('Renamed');
  const broken = { nodes: 'none', connections: {} };
  await expect(developer(updateWorkflow, { id, workflow: broken })).rejects.toMatchObject({ kind: 'invalid' });
});

test('a workflow that moved on the instance is not overwritten; what stands there now is shown', async () => {
  const { id, remote } = await oneWorkflow('dev');
  const developer = await as(kernel, tenant, 'developer');
  instance.edit(remote.id, sampleDocument('Edited in n8n'));
  await expect(developer(updateWorkflow, { id, name: 'Mine' })).rejects.toMatchObject({
    kind: 'conflict',
    code: 'changed_on_instance',
  });
  expect(instance.workflows.get(remote.id)!.document.name).toBe('Edited in n8n');
  expect((await developer(getWorkflow, { id })).name).toBe('Edited in n8n');
  expect((await auditOf('workflow.updated')).map(({ outcome }) => outcome)).toEqual(['intended', 'failed']);
});

test('a workflow that is gone from the instance becomes missing, and nothing more is tried with it', async () => {
  const { id, remote } = await oneWorkflow('dev');
  const developer = await as(kernel, tenant, 'developer');
  instance.workflows.delete(remote.id);
  await expect(developer(activateWorkflow, { id })).rejects.toMatchObject({ kind: 'not_found' });
  expect(await developer(getWorkflow, { id })).toMatchObject({ presence: 'missing' });
  instance.forget();
  await expect(developer(activateWorkflow, { id })).rejects.toMatchObject({ code: 'workflow_missing' });
  expect(instance.calls).toEqual([]);
});

test('deleting archives; for good it takes an admin and the typed name', async () => {
  const { id, name, remote } = await oneWorkflow('dev');
  const developer = await as(kernel, tenant, 'developer');
  expect(await developer(deleteWorkflow, { id })).toMatchObject({ workflow: { archived: true } });
  await expect(developer(deleteWorkflow, { id, hard: 'true', confirmName: name })).rejects.toMatchObject({
    kind: 'blocked',
  });
  const admin = await as(kernel, tenant, 'admin');
  await expect(admin(deleteWorkflow, { id, hard: true, confirmName: 'x' })).rejects.toMatchObject({
    errors: [{ path: 'confirmName' }],
  });
  expect(instance.workflows.has(remote.id)).toBe(true);
  expect(await admin(deleteWorkflow, { id, hard: true, confirmName: name })).toMatchObject({
    workflow: { presence: 'missing' },
  });
  expect(instance.workflows.has(remote.id)).toBe(false);
});

test('what the instance refuses is told as what it is', async () => {
  const { id } = await oneWorkflow('dev');
  const developer = await as(kernel, tenant, 'developer');
  instance.broken.set('publishWorkflow', 'content_rejected');
  await expect(developer(activateWorkflow, { id })).rejects.toMatchObject({
    kind: 'invalid',
    code: 'content_rejected',
  });
  instance.broken.set('publishWorkflow', 'unreachable');
  await expect(developer(activateWorkflow, { id })).rejects.toMatchObject({ kind: 'upstream', code: 'unreachable' });
  instance.broken.set('archiveWorkflow', 'unsupported');
  await expect(developer(deleteWorkflow, { id })).rejects.toMatchObject({ kind: 'blocked', rule: 'instance_cannot' });
});

test('a write decided on an older version than what stands here is refused before it is sent', async () => {
  const { id, version } = await oneWorkflow('dev');
  const developer = await as(kernel, tenant, 'developer');
  await developer(activateWorkflow, { id }, version);
  instance.forget();
  await expect(developer(updateWorkflow, { id, name: 'Late' }, version)).rejects.toMatchObject({ status: 412 });
  expect(instance.calls).toEqual([]);
});
