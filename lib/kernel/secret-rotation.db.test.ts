import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createVault } from '@/lib/adapters/vault';
import { closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { ownDatabase } from '@/lib/testing/own-database';
import type { Kernel } from './kernel';
import { rotateSecrets } from './secret-rotation';

const oldKey = randomBytes(32);
const newKey = randomBytes(32);
const before = createVault([oldKey]);
const during = createVault([newKey, oldKey]);
const after = createVault([newKey]);
let database: Awaited<ReturnType<typeof ownDatabase>>;
let kernel: Kernel;
let tenant: TestTenant;

beforeAll(async () => {
  // Rotation reaches every secret there is, so it must not meet those of other suites.
  database = await ownDatabase();
  kernel = openHouse({ databaseUrl: database.url });
  tenant = await newTenant(kernel);
});
afterAll(async () => {
  await closeHouse(kernel);
  await database.drop();
});

test('1,000 secrets are re-wrapped while they are read; each read succeeds and the old key can go', async () => {
  const place = (id: string) => ({ tenantId: tenant.id, kind: 'test', id });
  const ids = Array.from({ length: 1_000 }, () => randomUUID());
  await kernel.database.asTenant(tenant.id, (db) =>
    db.secret.createMany({
      data: ids.map((id) => ({ id, kind: 'test', ...before.seal(`secret of ${id}`, place(id)) })),
    }),
  );
  const read = (id: string) =>
    kernel.database.asTenant(tenant.id, (db) => db.secret.findUniqueOrThrow({ where: { id } }));
  let rotating = true;
  let reads = 0;
  const traffic = async () => {
    while (rotating) {
      const id = ids[reads % ids.length]!;
      reads += 1;
      expect(during.open(await read(id), place(id))).toBe(`secret of ${id}`);
    }
  };
  const readers = [traffic(), traffic()];
  // Stopped after its first batch, then two at once: nothing is done twice and nothing is left.
  await expect(
    rotateSecrets(kernel.database, during, () => {
      throw new Error('stopped');
    }),
  ).rejects.toThrow('stopped');
  const [one, other] = await Promise.all([
    rotateSecrets(kernel.database, during),
    rotateSecrets(kernel.database, during),
  ]);
  rotating = false;
  await Promise.all(readers);
  expect(reads).toBeGreaterThan(0);
  expect(one + other).toBeGreaterThanOrEqual(900);
  for (const id of ids.slice(0, 50)) expect(after.open(await read(id), place(id))).toBe(`secret of ${id}`);
  const left = await kernel.database.asTenant(tenant.id, (db) =>
    db.secret.count({ where: { keyId: before.currentKeyId } }),
  );
  expect(left).toBe(0);
});
