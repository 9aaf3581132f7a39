import { afterAll, beforeEach, expect, test } from 'vitest';
import { getEnvironmentLimits } from '@/lib/features/connections/environments/operations';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { newEnvironment, refresh } from '../environment.fixture';
import { ScriptedInstance, sampleDocument } from '../instance.fixture';
import { uploadWorkflows } from './file-operations';
import { listWorkflows } from './operations';

/** What the free plan includes. */
const LIMIT = 10;
const FULL = { kind: 'limit_reached', code: 'workflows_limit_reached' };

let instance = new ScriptedInstance();
const registry = new Map([['n8n', { ...instance.kind, connect: () => instance.provider }]]);
const kernel: Kernel = openHouse({ ports: { providers: registry } });
let tenant: TestTenant;
let environmentId: string;

beforeEach(async () => {
  instance = new ScriptedInstance();
  tenant = await newTenant(kernel, { plan: 'free' });
  environmentId = await newEnvironment(kernel, tenant, 'lab');
  instance.forget();
});
afterAll(() => closeHouse(kernel));

const inTenant = <T>(work: Parameters<typeof kernel.database.asTenant<T>>[1]) =>
  kernel.database.asTenant(tenant.id, work);
const holds = () => inTenant((db) => db.workflowHold.count());

async function upload(count: number, name = 'Flow') {
  const files = Array.from({ length: count }, (_, index) => ({
    name: `${name} ${index}.json`,
    contentType: 'application/json',
    bytes: Buffer.from(JSON.stringify(sampleDocument(`${name} ${index}`))),
  }));
  return (await as(kernel, tenant, 'developer'))(uploadWorkflows, { environmentId, files });
}

test('an upload that the plan has no room for is refused whole, and the instance hears nothing of it', async () => {
  expect(await upload(LIMIT - 2)).toMatchObject({ created: LIMIT - 2 });
  instance.forget();
  await expect(upload(3, 'More')).rejects.toMatchObject(FULL);
  expect(instance.calls).toEqual([]);
  expect(await upload(2, 'Last')).toMatchObject({ created: 2 });
  expect(await holds()).toBe(0);
});

test('uploads at the same time do not pass the plan together', async () => {
  const uploads = await Promise.allSettled(['a', 'b', 'c', 'd'].map((name) => upload(4, name)));
  const refused = uploads.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(2);
  for (const one of refused) expect(one).toMatchObject({ reason: FULL });
  expect(instance.workflows.size).toBe(8);
});

test('a refresh keeps more than the plan includes, the limits say so, and nothing is added', async () => {
  for (let index = 0; index < LIMIT + 2; index += 1) instance.add(`Found ${index}`);
  expect(await refresh(kernel, tenant, environmentId)).toMatchObject({ status: 'completed' });
  const viewer = await as(kernel, tenant, 'viewer');
  expect(await viewer(listWorkflows, { environmentId })).toMatchObject({ total: LIMIT + 2 });
  expect(await viewer(getEnvironmentLimits)).toMatchObject({
    workflows: { limit: LIMIT, used: LIMIT + 2, remaining: 0, over: true },
    byEnvironment: [{ environment: { id: environmentId }, workflows: { limit: 50, used: LIMIT + 2, over: false } }],
  });
  await expect(upload(1)).rejects.toMatchObject(FULL);
});

test('what could not be created gives its room back', async () => {
  instance.broken.set('createWorkflow', 'content_rejected');
  expect(await upload(LIMIT)).toMatchObject({ created: 0, failed: LIMIT });
  instance.broken.clear();
  expect(await upload(LIMIT, 'Again')).toMatchObject({ created: LIMIT });
});

test('room held by a process that died is kept for a while, then free', async () => {
  const expiresAt = new Date(Date.now() + 60_000);
  const { id } = await inTenant((db) => db.workflowHold.create({ data: { environmentId, amount: LIMIT, expiresAt } }));
  await expect(upload(1)).rejects.toMatchObject(FULL);
  await inTenant((db) => db.workflowHold.update({ where: { id }, data: { expiresAt: new Date() } }));
  expect(await upload(1)).toMatchObject({ created: 1 });
  expect(await holds()).toBe(0);
});

test('one environment cannot take more than its own share', async () => {
  tenant = await newTenant(kernel, { plan: 'free' });
  const share = { tenantId: tenant.id, key: 'workflows_per_environment', value: 3, reason: 'test' };
  await kernel.database.asPlatform((db) => db.entitlementOverride.create({ data: share }));
  environmentId = await newEnvironment(kernel, tenant, 'lab');
  await expect(upload(4)).rejects.toMatchObject({ code: 'workflows_per_environment_limit_reached' });
  expect(await upload(3)).toMatchObject({ created: 3 });
});
