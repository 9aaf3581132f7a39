import { afterAll, beforeEach, expect, test } from 'vitest';
import { newEnvironment } from '@/lib/features/inventory/environment.fixture';
import { sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { closeHouse } from '@/lib/testing/house';
import { HistoryHouse, retimed } from './history.fixture';
import { executeRestore, planRestore, previewRestore } from './restore/operations';
import { adoptEnvironment, previewAdoption, saveApproved } from './snapshots/approved-operations';
import { getSnapshotWorkflow } from './snapshots/operations';

const house = new HistoryHouse();
let production: string;

beforeEach(async () => {
  await house.begin();
  production = await newEnvironment(house.kernel, house.tenant, 'Shop', 'production');
});
afterAll(() => closeHouse(house.kernel));

const TOLD = { description: 'Takes orders in', pinData: { Receive: [{ json: { id: 1 } }] } };
const add = (name: string) => house.instance.add(name, { document: { ...sampleDocument(name), ...TOLD } });
const asked = () => house.instance.calls.filter((method) => method === 'getWorkflow').length;
const preview = async (snapshotId: string, files?: string[]) =>
  (await house.as('admin'))(previewRestore, { environment_id: production, snapshotId, ...(files ? { files } : {}) });

async function restore(id: string) {
  const call = await house.as('admin');
  const planned = await call(planRestore, { id });
  const input = { environment_id: planned.environment.id, restoreId: planned.id, digest: planned.plan.digest };
  return house.work((await call(executeRestore, input)).jobId);
}

test('a workflow that was deleted comes back with its description and its pinned data', async () => {
  const { id } = add('Orders');
  const snapshot = await house.take(production);
  house.instance.workflows.delete(id);
  expect(await restore(snapshot.id)).toMatchObject({ result: { status: 'completed' } });
  const [made] = house.instance.workflows.values();
  expect(made!.document).toMatchObject(TOLD);
});

test('saving and adopting keep descriptions and pinned data, also once others have read the workflow from a list', async () => {
  const orders = add('Orders');
  for (const [operation, input] of [
    [adoptEnvironment, { id: production }],
    [saveApproved, { environmentId: await newEnvironment(house.kernel, house.tenant, 'Lab') }],
  ] as const) {
    expect(await house.request(operation, input)).toMatchObject({ result: { status: 'committed' } });
  }
  house.instance.edit(orders.id, { ...orders.document, ...retimed('Orders') });
  await house.request(adoptEnvironment, { id: production });
  const head = (await house.store().head())!;
  const files = (await house.store().readTree(head, 'environments')).map(({ path }) => path);
  const paths = files.filter((path) => path.includes('/workflows/'));
  expect(paths).toHaveLength(2);
  for (const [, bytes] of await house.store().readFiles(head, paths)) {
    expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject(TOLD);
  }
});

test('a snapshot asks by itself for what moved since the one before, and for nothing else', async () => {
  const orders = add('Orders');
  for (const name of ['Refunds', 'Stock', 'Returns']) add(name);
  await house.take(production);
  expect(asked()).toBe(4);
  house.instance.edit(orders.id, { ...orders.document, description: 'Otherwise' });
  house.instance.forget();
  const second = await house.take(production);
  expect(asked()).toBe(1);
  const { file } = second.workflows.find(({ name }) => name === 'Orders')!;
  const { workflow } = await (await house.as('admin'))(getSnapshotWorkflow, { id: second.id, file });
  expect(workflow).toMatchObject({ description: 'Otherwise', pinData: TOLD.pinData });
  await house.request(adoptEnvironment, { id: production });
  expect(asked()).toBe(1);
});

test('to adopt after a restore changes only what was edited since', async () => {
  const [orders] = [add('Orders'), add('Refunds')];
  await house.request(adoptEnvironment, { id: production });
  const snapshot = await house.take(production);
  house.instance.edit(orders.id, { ...orders.document, ...retimed('Orders') });
  await restore(snapshot.id);
  const look = async () => (await house.as('admin'))(previewAdoption, { id: production });
  expect(await look()).toMatchObject({ counts: { modified: 0, unchanged: 2 } });
  house.instance.edit(orders.id, { ...orders.document, description: 'Otherwise' });
  expect(await look()).toMatchObject({ counts: { modified: 1, unchanged: 1 } });
});

test('what nobody touched has nothing to bring back, alone or with all, also where the snapshot was made from a list', async () => {
  add('Orders');
  const { provider } = house.instance;
  const { getWorkflow } = provider;
  for (const isPoor of [true, false]) {
    provider.getWorkflow = async (id, call) => {
      const found = await getWorkflow(id, call);
      const { description: _description, pinData: _pinData, ...document } = found!.document;
      return isPoor ? { ...found!, document } : found;
    };
    const snapshot = await house.take(production);
    provider.getWorkflow = getWorkflow;
    await house.inTenant((db) => db.snapshotReading.deleteMany());
    await house.inTenant((db) => db.workflow.updateMany({ data: { whole: false } }));
    for (const files of [undefined, snapshot.workflows.map(({ file }) => file)]) {
      const { workflows, problems } = await preview(snapshot.id, files);
      expect([workflows, problems]).toMatchObject([[], [{ code: 'nothing_differs' }]]);
    }
  }
});
