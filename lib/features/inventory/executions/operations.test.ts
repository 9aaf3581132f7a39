import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { newEnvironment, refresh } from '../environment.fixture';
import { ScriptedInstance } from '../instance.fixture';
import { listWorkflows } from '../workflows/operations';
import { getExecution, listExecutionSummaries, listExecutions } from './operations';

const instance = new ScriptedInstance();
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', instance.kind]]) } });
let tenant: TestTenant;
let environmentId: string;
const FROM = '2025-01-01T00:00:00.000Z';

beforeAll(async () => {
  tenant = await newTenant(kernel);
  environmentId = await newEnvironment(kernel, tenant, 'lab');
  const order = instance.add('Order intake');
  const invoice = instance.add('Invoice');
  for (let id = 1; id <= 12; id += 1) instance.ran(id, order.id, id % 4 === 0 ? 'error' : 'success');
  instance.ran(13, invoice.id, 'running');
  instance.ran(14, 'gone-long-ago');
  await refresh(kernel, tenant, environmentId);
});
afterAll(() => closeHouse(kernel));

const idsOf = ({ items }: { items: { n8nId: string }[] }) => items.map(({ n8nId }) => Number(n8nId));

test('the cursor goes through every run once, the newest first', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await viewer(listExecutions, { pageSize: 5, cursor });
    expect(page.total).toBe(14);
    seen.push(...idsOf(page));
    cursor = page.nextCursor ?? undefined;
    expect(page.hasMore).toBe(cursor !== undefined);
  } while (cursor);
  expect(seen).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  const beforeAllTime = Buffer.from(`-8640000000000000 ${environmentId}`).toString('base64url');
  for (const cursor of ['made-up', beforeAllTime]) {
    await expect(viewer(listExecutions, { cursor })).rejects.toMatchObject({ errors: [{ path: 'cursor' }] });
  }
});

test('a cursor goes on where it stood although newer runs came in between', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const first = await viewer(listExecutions, { pageSize: 3, sort: 'startedAt' });
  const second = await viewer(listExecutions, { pageSize: 3, sort: 'startedAt', cursor: first.nextCursor });
  expect([...idsOf(first), ...idsOf(second)]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('runs are found by state, workflow, name and span', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const { items } = await viewer(listWorkflows, { search: 'Order' });
  expect(idsOf(await viewer(listExecutions, { status: 'error' }))).toEqual([12, 8, 4]);
  expect(await viewer(listExecutions, { workflowId: items[0]!.id })).toMatchObject({ total: 12 });
  expect(idsOf(await viewer(listExecutions, { search: 'invoice' }))).toEqual([13]);
  const eighth = (await viewer(listExecutions)).items.find(({ n8nId }) => n8nId === '8')!;
  expect(idsOf(await viewer(listExecutions, { from: eighth.startedAt, status: 'error' }))).toEqual([12, 8]);
  expect(idsOf(await viewer(listExecutions, { to: eighth.startedAt, status: 'error' }))).toEqual([4]);
});

test('runs are counted by workflow, the failed and the open ones apart', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const { items, total } = await viewer(listExecutionSummaries, { from: FROM });
  expect(total).toBe(3);
  expect(items[0]).toMatchObject({ workflowName: 'Order intake', total: 12, succeeded: 9, failed: 3, averageMs: 250 });
  expect(items.find(({ workflowName }) => workflowName === 'Invoice')).toMatchObject({ total: 1, open: 1 });
  const failing = await viewer(listExecutionSummaries, { from: FROM, sort: '-failed', pageSize: 1 });
  expect(failing).toMatchObject({ items: [{ workflowName: 'Order intake' }], hasMore: true });
  expect(await viewer(listExecutionSummaries)).toMatchObject({ total: 0 });
});

test('a run tells what n8n still knows, and what we kept when it knows nothing any more or is away', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const { items } = await viewer(listExecutions, { status: 'error' });
  const id = items[0]!.id;
  expect(await viewer(getExecution, { id })).toMatchObject({
    status: 'error',
    live: { error: null },
    liveProblem: null,
  });
  instance.prune(Number(items[0]!.n8nId));
  expect(await viewer(getExecution, { id })).toMatchObject({
    status: 'error',
    live: null,
    liveProblem: { code: 'pruned' },
  });
  instance.broken.set('getExecution', 'unreachable');
  expect(await viewer(getExecution, { id })).toMatchObject({ live: null, liveProblem: { code: 'unreachable' } });
  instance.broken.clear();
});

test('what n8n pruned stays counted', async () => {
  instance.executions.length = 0;
  await refresh(kernel, tenant, environmentId);
  const viewer = await as(kernel, tenant, 'viewer');
  expect(await viewer(listExecutions)).toMatchObject({ total: 14 });
});
