import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { asAnonymous, closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { ownDatabase } from '@/lib/testing/own-database';
import { getHealth, getLiveness, getReadiness } from './operations';

let database: Awaited<ReturnType<typeof ownDatabase>>;
let kernel: Kernel;

beforeAll(async () => {
  // A waiting job of another suite would be seen from here.
  database = await ownDatabase();
  kernel = openHouse({ databaseUrl: database.url });
});
afterAll(async () => {
  await closeHouse(kernel);
  await database.drop();
});

test('a migrated database with nothing waiting is ready', async () => {
  expect(await asAnonymous(kernel)(getReadiness)).toMatchObject({
    status: 'healthy',
    checks: { database: { ok: true }, migrations: { ok: true }, queue: { ok: true, detail: 'no job waits' } },
  });
});

test('a job that nobody takes up makes it unready, and says so without details of the tenant', async () => {
  const tenant = await newTenant(kernel);
  await kernel.database.asTenant(tenant.id, (db) =>
    db.backgroundJob.create({
      data: { type: 'never', input: {}, actor: {}, runAfter: new Date(Date.now() - 600_000) },
    }),
  );
  const error = await asAnonymous(kernel)(getHealth).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ status: 503, code: 'not_ready', errors: [{ path: 'queue' }] });
  expect(JSON.stringify(error)).not.toContain(tenant.id);
});

test('without a database it is live and not ready', async () => {
  const lost = openHouse({ databaseUrl: 'postgresql://nobody:nothing@127.0.0.1:1/none' });
  expect(await asAnonymous(lost)(getLiveness)).toMatchObject({ status: 'live' });
  await expect(asAnonymous(lost)(getReadiness)).rejects.toMatchObject({ status: 503, message: /database/ });
  await closeHouse(lost);
});
