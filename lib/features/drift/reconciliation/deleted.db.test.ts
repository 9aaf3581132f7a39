import { afterAll, beforeEach, expect, test } from 'vitest';
import { createBinding, reviewBinding } from '@/lib/features/change/bindings/operations';
import { ScriptedInstance, sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { deactivateWorkflow } from '@/lib/features/inventory/workflows/write-operations';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { goLive, hotfix, live, openDriftHouse, Watched } from '../drift.fixture';
import { getIncident, listIncidents } from '../incidents/operations';
import { resolveIncident } from './operations';

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

async function incidentOf(watched: Watched) {
  const { items } = await admin(listIncidents, { environmentId: watched.id });
  return admin(getIncident, { id: items[0]!.id });
}

async function resolve(watched: Watched, resolution: 'revert' | 'keep') {
  const { id } = await incidentOf(watched);
  const { jobId } = await admin(resolveIncident, { id, resolution, reason: 'Because' });
  return watched.outcome(jobId);
}

/** Runs, and calls another workflow. */
function caller(name: string, calleeId: string) {
  const document = sampleDocument(name);
  const at = { id: 'n3', name: 'Call', type: 'n8n-nodes-base.executeWorkflow', typeVersion: 1, position: [0, 0] };
  document.nodes.push({ ...at, parameters: { workflowId: calleeId } });
  return goLive(instance, instance.add(name, { document }).id);
}

const nodeOf = (n8nId: string, name: string) =>
  instance.workflows.get(n8nId)!.document.nodes.find((node) => node.name === name)!;
const named = (name: string) => [...instance.workflows.values()].find(({ document }) => document.name === name)!;
const entryOf = (watched: Watched, name: string) =>
  watched.read((db) => db.approvedWorkflow.findFirstOrThrow({ where: { name } }));

async function switchOff(watched: Watched, n8nId: string) {
  const { id } = await watched.read((db) => db.workflow.findFirstOrThrow({ where: { n8nId } }));
  // Approval times are told to the second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await admin(deactivateWorkflow, { id, reason: 'Season is over' });
}

const ELSEWHERE = 'https://elsewhere.example.com';

/** Lets the workflow ask elsewhere, as somebody declared. */
async function declareElsewhere(watched: Watched, n8nId: string, name: string) {
  const { lineageId } = await entryOf(watched, name);
  const value = { node: 'Ask', path: ['parameters', 'url'], type: 'text', value: ELSEWHERE };
  const said = { environmentId: watched.id, lineageId, kind: 'parameter', reason: 'Production has its own' };
  await admin(reviewBinding, { id: (await admin(createBinding, { ...said, value })).id });
  const document = structuredClone(instance.workflows.get(n8nId)!.document);
  document.nodes.find((node) => node.name === 'Ask')!.parameters = { url: ELSEWHERE };
  instance.edit(n8nId, document);
  goLive(instance, n8nId);
}

test('what was deleted is made anew under another id, approved and linked there, and its callers call it', async () => {
  const child = live(instance, 'Child');
  const parent = caller('Parent', child.id);
  const watched = await Watched.adopt(kernel, tenant);
  instance.workflows.delete(child.id);
  await watched.check();
  expect((await incidentOf(watched)).affectedWorkflows).toMatchObject([
    { name: 'Child', driftClass: 'deleted', severity: 'critical' },
  ]);
  expect(await resolve(watched, 'revert')).toMatchObject({ status: 'completed', result: { check: 'clean' } });
  const made = named('Child');
  expect(made.id).not.toBe(child.id);
  expect(made.published).not.toBeNull();
  expect(JSON.stringify(nodeOf(parent.id, 'Call').parameters)).toContain(made.id);
  const entry = await entryOf(watched, 'Child');
  expect(entry.n8nId).toBe(made.id);
  const link = await watched.read((db) =>
    db.workflowLink.findFirstOrThrow({ where: { lineageId: entry.lineageId }, include: { workflow: true } }),
  );
  expect(link.workflow.n8nId).toBe(made.id);
});

test('a caller that differs only as declared calls what was made anew, differs as before, and is approved without that', async () => {
  const child = live(instance, 'Child');
  const [parent, aunt, uncle] = ['Parent', 'Aunt', 'Uncle'].map((name) => caller(name, child.id));
  const watched = await Watched.adopt(kernel, tenant);
  await declareElsewhere(watched, parent!.id, 'Parent');
  await switchOff(watched, aunt!.id);
  instance.workflows.delete(child.id);
  hotfix(instance, uncle!.id);
  await watched.check();
  const { affectedWorkflows } = await incidentOf(watched);
  expect(affectedWorkflows.map(({ name }) => name).sort()).toEqual(['Child', 'Uncle']);
  expect(await resolve(watched, 'revert')).toMatchObject({ status: 'completed', result: { check: 'clean' } });
  const { id } = named('Child');
  for (const one of [parent, aunt, uncle]) expect(nodeOf(one!.id, 'Call').parameters).toEqual({ workflowId: id });
  expect(nodeOf(parent!.id, 'Ask').parameters).toEqual({ url: ELSEWHERE });
  expect(instance.workflows.get(aunt!.id)!.published).toBeNull();
  expect(await entryOf(watched, 'Aunt')).toMatchObject({ active: true });
  await watched.read((db) => db.binding.updateMany({ data: { expiresAt: new Date(0) } }));
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted', driftedCount: 1 } });
});

test('what is reverted beside a deletion is approved as it was, also where it is switched off with a reason', async () => {
  const [child, orders] = [live(instance, 'Child'), live(instance, 'Orders')];
  const watched = await Watched.adopt(kernel, tenant);
  const before = await entryOf(watched, 'Orders');
  await switchOff(watched, orders.id);
  instance.workflows.delete(child.id);
  instance.edit(orders.id, { ...sampleDocument('Orders'), settings: { timezone: 'Asia/Tokyo' } });
  await watched.check();
  expect(await resolve(watched, 'revert')).toMatchObject({ status: 'completed', result: { check: 'clean' } });
  const { id: _, ...after } = await entryOf(watched, 'Orders');
  expect(before).toMatchObject({ ...after, active: true });
});

test('keeping a deletion takes the workflow out of what is approved', async () => {
  const { id } = live(instance, 'Orders');
  live(instance, 'Stays');
  const watched = await Watched.adopt(kernel, tenant);
  instance.workflows.delete(id);
  await watched.check();
  expect(await resolve(watched, 'keep')).toMatchObject({ status: 'completed' });
  const names = await watched.read((db) => db.approvedWorkflow.findMany({ select: { name: true } }));
  expect(names).toEqual([{ name: 'Stays' }]);
  expect(await incidentOf(watched)).toMatchObject({ status: 'closed', resolution: 'keep' });
});
