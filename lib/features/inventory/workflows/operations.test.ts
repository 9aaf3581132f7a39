import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { newEnvironment, refresh } from '../environment.fixture';
import { ScriptedInstance, sampleDocument } from '../instance.fixture';
import { getWorkflow, listWorkflows } from './operations';

const instance = new ScriptedInstance();
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', instance.kind]]) } });
let tenant: TestTenant;
let environmentId: string;
let callee: string;

beforeAll(async () => {
  tenant = await newTenant(kernel);
  environmentId = await newEnvironment(kernel, tenant, 'lab');
  const sub = instance.add('Callee');
  callee = sub.id;
  const shop = { id: 't1', name: 'shop' };
  const caller = sampleDocument('Caller');
  const call = { id: 'n3', name: 'Call', type: 'n8n-nodes-base.executeWorkflow', typeVersion: 1, position: [0, 0] };
  const parameters = { workflowId: { __rl: true, mode: 'id', value: sub.id } };
  caller.nodes.push({ ...call, parameters });
  const { nodes, connections } = sampleDocument('Caller');
  const published = { nodes, connections, versionId: 'older', name: null, publishedAt: null };
  instance.add('Caller', { document: caller, published, tags: [shop] });
  instance.add('100% off_season', { archived: false });
  instance.add('Old one', { archived: true });
  await refresh(kernel, tenant, environmentId);
});
afterAll(() => closeHouse(kernel));

const names = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);

test('the list is searched, filtered, sorted and paged by the server', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  expect(names(await viewer(listWorkflows))).toEqual(['100% off_season', 'Callee', 'Caller']);
  expect(names(await viewer(listWorkflows, { search: 'CALL' }))).toEqual(['Callee', 'Caller']);
  expect(names(await viewer(listWorkflows, { search: '%' }))).toEqual(['100% off_season']);
  expect(names(await viewer(listWorkflows, { search: callee }))).toEqual(['Callee']);
  expect(names(await viewer(listWorkflows, { tag: 'shop' }))).toEqual(['Caller']);
  expect(names(await viewer(listWorkflows, { active: 'true' }))).toEqual(['Caller']);
  expect(names(await viewer(listWorkflows, { unpublishedChanges: 'true' }))).toEqual(['Caller']);
  expect(names(await viewer(listWorkflows, { archived: 'true' }))).toEqual(['Old one']);
  expect(await viewer(listWorkflows, { archived: 'all', trigger: 'webhook' })).toMatchObject({ total: 4 });
  const second = await viewer(listWorkflows, { sort: '-name', pageSize: 2, page: 2 });
  expect(second).toMatchObject({ total: 3, totalPages: 2, hasMore: false, items: [{ name: '100% off_season' }] });
  await expect(viewer(listWorkflows, { sort: 'secret' })).rejects.toMatchObject({ errors: [{ path: 'sort' }] });
});

test('a workflow’s page has its draft, what runs instead, what it calls and which credentials it uses', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const { items } = await viewer(listWorkflows, { search: 'Caller' });
  const detail = await viewer(getWorkflow, { id: items[0]!.id });
  expect(detail).toMatchObject({
    name: 'Caller',
    active: true,
    unpublishedChanges: true,
    environment: { id: environmentId, class: 'dev' },
    openUrl: `https://n8n.example.com/workflow/${items[0]!.n8nId}`,
    credentials: [{ n8nId: 'cred-1', nodes: ['Ask'] }],
    calls: [{ role: 'execute', nodeName: 'Call', n8nId: callee, name: 'Callee' }],
    analysis: { graph: { nodes: 3, triggers: 1 } },
  });
  expect(detail.calls[0]!.workflowId).not.toBeNull();
  expect(detail.draft.nodes).toHaveLength(3);
  expect(detail.published!.nodes).toHaveLength(2);
  expect(detail.digests.published).not.toBe(detail.digests.logic);
  expect(detail.phases.find(({ phase }) => phase === 'workflows')?.okAt).not.toBeNull();
});

test('a foreign tenant’s workflow is as little there as one that does not exist', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const { items } = await viewer(listWorkflows);
  const stranger = await as(kernel, await newTenant(kernel), 'admin');
  await expect(stranger(getWorkflow, { id: items[0]!.id })).rejects.toMatchObject({ kind: 'not_found' });
  expect(await stranger(listWorkflows)).toMatchObject({ total: 0 });
});

test('what was read unchanged is as fresh as the reading', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const before = await viewer(listWorkflows, { search: 'Callee' });
  await refresh(kernel, tenant, environmentId);
  const after = await viewer(listWorkflows, { search: 'Callee' });
  expect(after.items[0]!.version).toBe(before.items[0]!.version);
  expect(Date.parse(after.items[0]!.seenAt)).toBeGreaterThan(Date.parse(before.items[0]!.seenAt));
});
