import { afterAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { newEnvironment, refresh } from '../environment.fixture';
import { ScriptedInstance } from '../instance.fixture';
import { getOneTag, listTags } from './operations';

const instance = new ScriptedInstance();
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', instance.kind]]) } });
afterAll(() => closeHouse(kernel));

test('tags tell how many workflows carry them, and one that is gone from two lists is forgotten', async () => {
  const tenant = await newTenant(kernel);
  const environmentId = await newEnvironment(kernel, tenant, 'lab');
  instance.tags.push({ id: 't1', name: 'shop' }, { id: 't2', name: 'unused' });
  instance.add('Order intake', { tags: [instance.tags[0]!] });
  await refresh(kernel, tenant, environmentId);
  const viewer = await as(kernel, tenant, 'viewer');
  const { items } = await viewer(listTags, { environmentId });
  expect(items).toMatchObject([
    { name: 'shop', workflowCount: 1 },
    { name: 'unused', workflowCount: 0 },
  ]);
  expect(await viewer(getOneTag, { id: items[0]!.id })).toMatchObject({
    name: 'shop',
    environment: { id: environmentId },
  });
  instance.tags.pop();
  await refresh(kernel, tenant, environmentId);
  expect(await viewer(listTags)).toMatchObject({ total: 1 });
  await expect(viewer(getOneTag, { id: items[1]!.id })).rejects.toMatchObject({ kind: 'not_found' });
});
