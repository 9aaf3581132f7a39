import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { refresh } from '@/lib/features/inventory/environment.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import type { AnyOperation } from '@/lib/kernel/operation';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { chain, fakeEnvironments, link } from './inventory.fixture';
import { ignoreWorkflow, linkWorkflow, unignoreWorkflow, unlinkWorkflow } from './link-operations';
import { getMatrix } from './matrix-operations';
import {
  deleteLineage,
  getLineage,
  linkAutomatically,
  listIdentities,
  listLineages,
  renameLineage,
  summarizeLineages,
} from './operations';
import { ensureLineages } from './service';
import { acceptSuggestion, listSuggestions, rejectSuggestion } from './suggestion-operations';

const environments = fakeEnvironments('dev', 'production');
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', environments.kind]]) } });
afterAll(() => closeHouse(kernel));
const [dev, production] = [environments.instance('dev'), environments.instance('production')];

let tenant: TestTenant;
let ids: Record<string, string>;
beforeEach(async () => {
  dev.workflows.clear();
  production.workflows.clear();
  tenant = await newTenant(kernel);
  ids = await environments.connect(kernel, tenant);
});

/** Everything read anew, and what follows it. */
async function readAll() {
  for (const id of Object.values(ids)) expect(await refresh(kernel, tenant, id)).toMatchObject({ status: 'completed' });
  return link(kernel, tenant);
}
async function call<Op extends AnyOperation>(operation: Op, input: object = {}): Promise<Awaited<ReturnType<Op>>> {
  return await (await as(kernel, tenant, 'developer'))(operation, input);
}
async function identityOf(name: string, environment: string) {
  const { items } = await call(listIdentities, { environmentId: ids[environment] });
  return items.find((one) => one.name === name)!;
}

test('after a refresh the same workflow of two environments is linked, whatever its credentials are called by there', async () => {
  dev.seed(chain('Order intake', 'orders', 'c1'));
  production.seed(chain('Order intake LIVE', 'orders', 'c9'));
  production.seed(chain('Alone'));
  expect(await readAll()).toMatchObject({ status: 'completed', result: { linked: 2 } });
  const { items } = await call(listLineages);
  expect(items).toMatchObject([{ name: 'Order intake', slug: 'order-intake', environments: 2 }]);
  const { workflows } = await call(getLineage, { id: items[0]!.id });
  expect(workflows.map(({ environment, name }) => [environment.name, name])).toEqual([
    ['dev', 'Order intake'],
    ['production', 'Order intake LIVE'],
  ]);
  expect(workflows[0]).toMatchObject({ status: 'linked', decision: { method: 'shape', actor: { type: 'system' } } });
  expect(await identityOf('Alone', 'production')).toMatchObject({ status: 'unmapped', lineage: null });
});

test('what each environment calls its error workflow keeps nobody apart: neither who is handled nor the handler', async () => {
  for (const [instance, name] of [[dev, 'dev'] as const, [production, 'production'] as const]) {
    const small = chain(`Alerts ${name}`, 'alerts');
    const { id } = instance.seed({ ...small, nodes: small.nodes.slice(0, 2), connections: {} });
    const orders = chain('Orders', 'orders');
    instance.seed({ ...orders, settings: { ...orders.settings, errorWorkflow: id } });
  }
  expect(await readAll()).toMatchObject({ result: { linked: 4, suggested: 0 } });
  const { items } = await call(listLineages);
  expect(items.map(({ name, environments: count }) => [name, count])).toEqual([
    ['Alerts dev', 2],
    ['Orders', 2],
  ]);
  expect((await call(getMatrix, {})).items.map(({ cells }) => cells.map((cell) => cell?.state))).toEqual([
    ['source', 'same'],
    ['source', 'same'],
  ]);
});

test('of two candidates none is linked; both are suggested with a reason, and accepting one links it', async () => {
  dev.seed(chain('Order intake', 'orders'));
  production.seed(chain('Order intake', 'orders'));
  production.seed(chain('Order intake copy', 'orders'));
  expect(await readAll()).toMatchObject({ result: { linked: 0, suggested: 2 } });
  const { items } = await call(listSuggestions);
  expect(items[0]).toMatchObject({ score: 1, reasons: ['Same nodes and connections', 'Same name'] });
  const wanted = items.find(({ workflow }) => workflow.name === 'Order intake')!;
  expect(await call(acceptSuggestion, { id: wanted.id })).toMatchObject({
    status: 'accepted',
    workflow: { status: 'linked', decision: { method: 'suggestion' } },
  });
  const other = items.find(({ id }) => id !== wanted.id)!;
  await expect(call(acceptSuggestion, { id: other.id })).rejects.toMatchObject({ code: 'lineage_taken' });
  await expect(call(acceptSuggestion, { id: wanted.id })).rejects.toMatchObject({ code: 'already_decided' });
});

test('a rejected suggestion does not come back', async () => {
  dev.seed(chain('Order intake', 'one'));
  production.seed(chain('Order intake', 'two'));
  await readAll();
  const { items } = await call(listSuggestions);
  expect(items).toHaveLength(1);
  await call(rejectSuggestion, { id: items[0]!.id, comment: 'Another shop' });
  await call(linkAutomatically);
  await link(kernel, tenant);
  expect(await call(listSuggestions)).toMatchObject({ total: 0 });
  expect(await call(listSuggestions, { status: 'rejected' })).toMatchObject({ items: [{ comment: 'Another shop' }] });
});

test('a workflow that a person unlinked stays unlinked', async () => {
  dev.seed(chain('Order intake', 'orders'));
  production.seed(chain('Order intake', 'orders'));
  await readAll();
  const { workflowId: id } = await identityOf('Order intake', 'production');
  expect(await call(unlinkWorkflow, { id, reason: 'Not the same shop' })).toMatchObject({
    status: 'unmapped',
    decision: { reason: 'Not the same shop', actor: { type: 'user' } },
  });
  const { n8nId } = await identityOf('Order intake', 'production');
  production.save({ ...production.workflows.get(n8nId)!, updatedAt: production.now(), versionId: 'v2' });
  expect(await readAll()).toMatchObject({ result: { linked: 0, suggested: 0 } });
  expect(await identityOf('Order intake', 'production')).toMatchObject({ status: 'unmapped', lineage: null });
  await expect(call(unlinkWorkflow, { id, reason: 'Again' })).rejects.toMatchObject({ code: 'not_linked' });
});

test('a lineage or a workflow that is not there is named by its field', async () => {
  dev.seed(chain('Order intake', 'orders'));
  await readAll();
  const { workflowId: id } = await identityOf('Order intake', 'dev');
  for (const field of ['lineageId', 'sameAsWorkflowId']) {
    await expect(call(linkWorkflow, { id, [field]: randomUUID() })).rejects.toMatchObject({
      errors: [{ path: field }],
    });
  }
});

test('what is ignored is no candidate, so that the other one links itself', async () => {
  dev.seed(chain('Order intake', 'orders'));
  production.seed(chain('Order intake', 'orders'));
  production.seed(chain('Order intake copy', 'orders'));
  await readAll();
  const { workflowId: id } = await identityOf('Order intake copy', 'production');
  expect(await call(ignoreWorkflow, { id, reason: 'An old copy' })).toMatchObject({ status: 'ignored' });
  expect(await link(kernel, tenant)).toMatchObject({ result: { linked: 2, suggested: 0 } });
  expect(await call(listIdentities, { status: 'ignored' })).toMatchObject({ items: [{ name: 'Order intake copy' }] });
  expect(await call(unignoreWorkflow, { id })).toMatchObject({ status: 'unmapped', decision: null });
});

test('a lineage has one workflow in each environment, and one that is gone gives way', async () => {
  const first = dev.seed(chain('Order intake', 'one'));
  production.seed(chain('Order intake', 'two'));
  dev.seed(chain('Other', 'three'));
  await readAll();
  const [intake, live, other] = [
    await identityOf('Order intake', 'dev'),
    await identityOf('Order intake', 'production'),
    await identityOf('Other', 'dev'),
  ];
  const linked = await call(linkWorkflow, { id: live.workflowId, sameAsWorkflowId: intake.workflowId, reason: 'Seen' });
  const lineageId = linked.lineage!.id;
  await expect(call(linkWorkflow, { id: other.workflowId, lineageId })).rejects.toMatchObject({
    code: 'lineage_taken',
  });
  const inOnePlace = { id: other.workflowId, sameAsWorkflowId: intake.workflowId };
  await expect(call(linkWorkflow, inOnePlace)).rejects.toMatchObject({ errors: [{ path: 'sameAsWorkflowId' }] });
  await expect(call(linkWorkflow, { id: other.workflowId })).rejects.toMatchObject({ errors: [{ path: 'lineageId' }] });
  dev.workflows.delete(first.id);
  await readAll();
  expect(await identityOf('Order intake', 'dev')).toMatchObject({ status: 'missing', lineage: { id: lineageId } });
  expect(await call(linkWorkflow, { id: other.workflowId, lineageId })).toMatchObject({ status: 'linked' });
  expect(await identityOf('Order intake', 'dev')).toMatchObject({ status: 'deleted', lineage: null });
  const { environments: counted } = await call(summarizeLineages);
  expect(counted[0]).toMatchObject({ environment: { name: 'dev' }, counts: { linked: 1, deleted: 1, missing: 0 } });
});

test('saving gives each workflow a lineage of its own, once, under a slug nobody has', async () => {
  dev.seed(chain('Order intake', 'one'));
  dev.seed(chain('Order Intake', 'two'));
  dev.seed(chain('Left alone', 'three'));
  await readAll();
  await call(ignoreWorkflow, { id: (await identityOf('Left alone', 'dev')).workflowId, reason: 'A test' });
  const { items } = await call(listIdentities);
  const workflowIds = items.map(({ workflowId }) => workflowId);
  const actor = { type: 'system', id: null, label: 'test' } as const;
  const save = () => kernel.database.asTenant(tenant.id, (db) => ensureLineages(db as never, workflowIds, actor));
  const [one, two] = await Promise.all([save(), save()]);
  expect([...one.values()].map(({ slug }) => slug).sort()).toEqual(['order-intake', 'order-intake-2']);
  expect(two).toEqual(one);
});

test('a lineage keeps its slug under another name, is not changed on an old version, and goes when it is empty', async () => {
  dev.seed(chain('Order intake', 'orders'));
  production.seed(chain('Order intake', 'orders'));
  await readAll();
  const { items } = await call(listLineages);
  const id = items[0]!.id;
  const developer = await as(kernel, tenant, 'developer');
  expect(await developer(renameLineage, { id, name: 'Orders' }, 1)).toMatchObject({
    name: 'Orders',
    slug: 'order-intake',
  });
  await expect(developer(renameLineage, { id, name: 'Late' }, 1)).rejects.toMatchObject({ status: 412 });
  await expect(call(deleteLineage, { id })).rejects.toMatchObject({ kind: 'blocked', rule: 'lineage_in_use' });
  for (const { workflowId } of (await call(listIdentities, { lineageId: id })).items) {
    expect((await call(listIdentities, { workflowId })).items).toMatchObject([{ workflowId, lineage: { id } }]);
    await call(unlinkWorkflow, { id: workflowId, reason: 'Cleaning up' });
  }
  await call(deleteLineage, { id });
  expect(await call(listLineages)).toMatchObject({ total: 0 });
});

test('nothing is linked anew when a refresh read nothing new', async () => {
  dev.seed(chain('Order intake', 'orders'));
  expect(await readAll()).not.toBeNull();
  expect(await readAll()).toBeNull();
});
