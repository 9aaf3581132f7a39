import { afterAll, beforeEach, expect, test } from 'vitest';
import type { connect } from '@/lib/features/connections/environments/service';
import type { Kernel } from '@/lib/kernel/kernel';
import { tenantTransaction } from '@/lib/kernel/tenant-transaction';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { newEnvironment, refresh } from '../environment.fixture';
import { ScriptedInstance, sampleDocument } from '../instance.fixture';
import { saveWorkflows } from '../workflows/cache';
import { observe } from '../workflows/observe';
import { readInstance } from './instance-reading';
import type { Wanted } from './whole-reading';

let instance = new ScriptedInstance();
const registry = new Map([['n8n', { ...instance.kind, connect: () => instance.provider }]]);
const kernel: Kernel = openHouse({ ports: { providers: registry } });
let tenant: TestTenant;
let environmentId: string;

beforeEach(async () => {
  instance = new ScriptedInstance();
  tenant = await newTenant(kernel);
  environmentId = await newEnvironment(kernel, tenant, 'lab');
});
afterAll(() => closeHouse(kernel));

const TOLD = { description: 'What it is for', pinData: { Receive: [{ json: { id: 1 } }] } };
const add = (name: string) => instance.add(name, { document: { ...sampleDocument(name), ...TOLD } });
const tx: Parameters<typeof connect>[0]['tx'] = (run, options) => {
  const actor = { type: 'user', id: tenant.people.admin.id, label: 'Admin' } as const;
  return tenantTransaction(
    { database: kernel.database, tenantId: tenant.id, author: { actor, requestId: 'r' } },
    run,
    options,
  );
};
const asked = () => instance.calls.filter((method) => method === 'getWorkflow').length;
const row = (name: string) => tx((db) => db.workflow.findFirstOrThrow({ where: { name }, include: { body: true } }));

async function read(wanted?: Wanted): Promise<Map<string, RemoteWorkflow>> {
  const { provider } = instance;
  const found = new Map<string, RemoteWorkflow>();
  const signal = new AbortController().signal;
  for await (const one of readInstance({ tx, signal, environmentId, provider }, wanted)) {
    found.set(one.document.name, one);
  }
  return found;
}

test('what is wanted whole is asked for once; while it does not move the inventory has it whole, whoever reads', async () => {
  for (const name of ['Orders', 'Refunds']) add(name);
  const found = await read(({ document }) => document.name === 'Orders');
  expect(found.get('Orders')!.document).toMatchObject(TOLD);
  expect(found.get('Refunds')!.document).not.toHaveProperty('description');
  await refresh(kernel, tenant, environmentId);
  expect(await row('Orders')).toMatchObject({ whole: true, body: { draft: TOLD } });
  expect(await row('Refunds')).toMatchObject({ whole: false });
  expect((await read(() => true)).get('Orders')).toEqual(found.get('Orders'));
  expect(asked()).toBe(2);
});

test('what was read whole stays so: a refresh asks for it when it moved', async () => {
  const [orders, refunds] = [add('Orders'), add('Refunds')];
  await read(({ id }) => id === orders.id);
  for (const { id, document } of [orders, refunds]) instance.edit(id, { ...document, description: 'Another' });
  await refresh(kernel, tenant, environmentId);
  expect(asked()).toBe(2);
  expect(await row('Orders')).toMatchObject({ whole: true, body: { draft: { ...TOLD, description: 'Another' } } });
  expect(await row('Refunds')).toMatchObject({ whole: false });
});

test('a row of a list that is as old takes nothing from what was read whole meanwhile', async () => {
  const orders = add('Orders');
  await refresh(kernel, tenant, environmentId);
  const began = new Date();
  const { description: _description, pinData: _pinData, ...document } = orders.document;
  await tx((db) => saveWorkflows(db, environmentId, [observe(orders)], began));
  await tx((db) => saveWorkflows(db, environmentId, [observe({ ...orders, document, listed: true })], began));
  expect(await row('Orders')).toMatchObject({ whole: true, body: { draft: TOLD } });
});

test('what is gone between the list and the question is left out', async () => {
  const [orders] = [add('Orders'), add('Refunds')];
  instance.provider.getWorkflow = async (id) => (id === orders.id ? null : instance.workflows.get(id)!);
  expect([...(await read(() => true)).keys()]).toEqual(['Refunds']);
});
