import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTick } from '@/lib/kernel/jobs/tick';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { pruneKernel } from './jobs';

let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse();
});
afterAll(() => closeHouse(kernel));

test('events, replies to repeats and past counts are removed once nobody can ask for them, and not before', async () => {
  const { id: tenantId } = await newTenant(kernel);
  const subject = randomUUID();
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  await kernel.database.asPlatform(async (db) => {
    for (const hours of [1, 25]) {
      const createdAt = hoursAgo(hours);
      await db.outboxEvent.create({ data: { tenantId, type: 'test.happened', subject, payload: {}, createdAt } });
      await db.idempotencyKey.create({
        data: { scope: subject, key: `${hours}`, requestHash: 'hash', createdAt },
      });
      await db.rateLimit.create({
        data: { key: subject, windowAt: createdAt, count: 1, expiresAt: hoursAgo(hours - 2) },
      });
    }
  });
  await runTick(kernel, pruneKernel.name, new AbortController().signal);
  const left = await kernel.database.asPlatform(async (db) => [
    await db.outboxEvent.count({ where: { subject } }),
    await db.idempotencyKey.count({ where: { scope: subject } }),
    await db.rateLimit.count({ where: { key: subject } }),
  ]);
  expect(left).toEqual([1, 1, 1]);
});
