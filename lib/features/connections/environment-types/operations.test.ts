import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import {
  createEnvironmentType,
  deleteEnvironmentType,
  listEnvironmentTypes,
  reorderEnvironmentTypes,
  updateEnvironmentType,
} from './operations';

let kernel: Kernel;
let tenant: TestTenant;

beforeAll(async () => {
  kernel = openHouse();
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

test('labels keep the order they are put in', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const made = [];
  for (const key of ['one', 'two', 'three']) made.push(await admin(createEnvironmentType, { key, label: key }));
  await admin(reorderEnvironmentTypes, { orderedIds: made.map(({ id }) => id).reverse() });
  const { items, total } = await admin(listEnvironmentTypes);
  expect(total).toBe(3);
  expect(items.map(({ key }: { key: string }) => key)).toEqual(['three', 'two', 'one']);
});

test('a key can be taken only once', async () => {
  const admin = await as(kernel, tenant, 'admin');
  await admin(createEnvironmentType, { key: 'unique', label: 'first' });
  await expect(admin(createEnvironmentType, { key: 'unique', label: 'second' })).rejects.toMatchObject({
    kind: 'conflict',
  });
});

test('a write decided on an older version is refused and changes nothing', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const type = await admin(createEnvironmentType, { key: 'versioned', label: 'old' });
  await admin(updateEnvironmentType, { id: type.id, label: 'new' }, type.version);
  await expect(admin(updateEnvironmentType, { id: type.id, label: 'late' }, type.version)).rejects.toMatchObject({
    code: 'version_mismatch',
    status: 412,
  });
  const { items } = await admin(listEnvironmentTypes, { search: 'new' });
  expect(items).toHaveLength(1);
  await admin(deleteEnvironmentType, { id: type.id });
});

test('every change stands in the audit chain, and a refused one does not', async () => {
  const own = await newTenant(kernel);
  const admin = await as(kernel, own, 'admin');
  const viewer = await as(kernel, own, 'viewer');
  await admin(createEnvironmentType, { key: 'audited', label: 'audited' });
  await expect(viewer(createEnvironmentType, { key: 'no', label: 'no' })).rejects.toMatchObject({ kind: 'forbidden' });
  const rows = await kernel.database.asTenant(own.id, (db) => db.auditEvent.findMany({ orderBy: { seq: 'asc' } }));
  expect(rows.map(({ action, actorLabel }) => [action, actorLabel])).toEqual([
    ['environment-type.created', own.people.admin.email],
  ]);
});
