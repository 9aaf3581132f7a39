import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { newEnvironment, refresh } from '../environment.fixture';
import { ScriptedInstance } from '../instance.fixture';
import { getCredential, listCredentials } from './operations';

const instance = new ScriptedInstance();
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', instance.kind]]) } });
let tenant: TestTenant;

beforeAll(async () => {
  tenant = await newTenant(kernel);
  const environmentId = await newEnvironment(kernel, tenant, 'lab');
  instance.add('Order intake');
  instance.add('Invoice');
  const times = { createdAt: null, updatedAt: null };
  instance.credentials.push(
    { id: 'cred-1', name: 'Shop API (renamed)', type: 'httpHeaderAuth', ...times },
    { id: 'cred-2', name: 'Unused', type: 'smtp', ...times },
  );
  await refresh(kernel, tenant, environmentId);
});
afterAll(() => closeHouse(kernel));

test('a listed credential goes by the name the instance gives it, whatever workflows call it', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  expect(await viewer(listCredentials)).toMatchObject({
    total: 2,
    items: [
      { name: 'Shop API (renamed)', source: 'listed', workflowCount: 2 },
      { name: 'Unused', workflowCount: 0 },
    ],
  });
  expect(await viewer(listCredentials, { type: 'smtp' })).toMatchObject({ total: 1 });
  expect(await viewer(listCredentials, { search: 'renamed' })).toMatchObject({ total: 1 });
});

test('a credential tells where it is used', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const { items } = await viewer(listCredentials, { search: 'shop' });
  expect(await viewer(getCredential, { id: items[0]!.id })).toMatchObject({
    usedBy: [
      { name: 'Invoice', nodes: ['Ask'] },
      { name: 'Order intake', nodes: ['Ask'] },
    ],
  });
});
