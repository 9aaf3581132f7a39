import { afterAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { newEnvironment, refresh } from '../environment.fixture';
import { ScriptedInstance } from '../instance.fixture';
import { getN8nUser, listN8nUsers } from './operations';

const instance = new ScriptedInstance();
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', instance.kind]]) } });
afterAll(() => closeHouse(kernel));

test('people of an instance are found by name, role and state, and outlive a key that may not list them', async () => {
  const tenant = await newTenant(kernel);
  const environmentId = await newEnvironment(kernel, tenant, 'lab');
  const times = { createdAt: null, updatedAt: null };
  instance.users.splice(
    0,
    1,
    {
      id: 'u1',
      email: 'ada@example.com',
      firstName: 'Ada',
      lastName: 'L',
      role: 'global:owner',
      pending: false,
      ...times,
    },
    {
      id: 'u2',
      email: 'bob@example.com',
      firstName: null,
      lastName: null,
      role: 'global:member',
      pending: true,
      ...times,
    },
  );
  await refresh(kernel, tenant, environmentId);
  const viewer = await as(kernel, tenant, 'viewer');
  expect(await viewer(listN8nUsers, { search: 'ada' })).toMatchObject({ total: 1, items: [{ role: 'global:owner' }] });
  const { items } = await viewer(listN8nUsers, { isPending: 'true' });
  expect(items).toMatchObject([{ email: 'bob@example.com' }]);
  expect(await viewer(getN8nUser, { id: items[0]!.id })).toMatchObject({ environment: { id: environmentId } });
  instance.provider.listUsers = async () => ({ supported: false, detail: 'The key may not list users.' });
  expect((await refresh(kernel, tenant, environmentId)).result).toMatchObject({
    phases: [{}, {}, {}, { status: 'skipped' }, {}],
  });
  expect(await viewer(listN8nUsers)).toMatchObject({ total: 2 });
});
