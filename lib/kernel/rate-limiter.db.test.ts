import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { openDatabase } from './db/database';
import type { Kernel } from './kernel';
import { ANONYMOUS, type Principal } from './principal';
import { createRateLimiter, type RateLimiter } from './rate-limiter';

let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse();
});
afterAll(() => closeHouse(kernel));

const client = { ip: '192.0.2.7', userAgent: null };
const someone = (): Principal => ({ ...ANONYMOUS, actor: { type: 'api_key', id: randomUUID(), label: 'key' } });

async function allowed(limiter: RateLimiter, principal: Principal, attempts: number): Promise<number> {
  let count = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    await limiter.consume(principal, client, 'default').then(
      () => (count += 1),
      () => undefined,
    );
  }
  return count;
}

/** At a fixed time, so that no test runs over the end of a minute. */
const limiterAt = (now: number) => createRateLimiter(kernel.database, kernel.log, () => now);

test('one process lets exactly the limit through, and says how long to wait', async () => {
  const limiter = limiterAt(60_000 * 1_000 + 15_000);
  const principal = someone();
  expect(await allowed(limiter, principal, 650)).toBe(600);
  await expect(limiter.consume(principal, client, 'default')).rejects.toMatchObject({
    kind: 'rate_limited',
    retryAfter: 45,
  });
  expect(limiter.state(principal, client, 'default')).toEqual({ limit: 600, remaining: 0, resetSeconds: 45 });
  await limiter.close();
});

test('what is left is told of the count that the request is in, or of the organisation where that ends first', async () => {
  const limiter = limiterAt(60_000 * 3_000);
  const tenant = { id: randomUUID(), slug: 't', name: 't' };
  const members = Array.from({ length: 6 }, () => ({ ...someone(), tenant }));
  await limiter.consume(members[0]!, client, 'expensive');
  expect(limiter.state(members[0]!, client, 'expensive')).toMatchObject({ limit: 30, remaining: 29 });
  expect(limiter.state(members[0]!, client, 'default')).toMatchObject({ limit: 600, remaining: 600 });
  for (const member of members.slice(1)) await allowed(limiter, member, 580);
  expect(limiter.state(members[0]!, client, 'default')).toMatchObject({ limit: 3_000, remaining: 99 });
  expect(limiter.state(members[0]!, client, 'sign-in')).toBeNull();
  await limiter.close();
});

test('a new minute starts a new count', async () => {
  let now = 60_000 * 2_000;
  const limiter = createRateLimiter(kernel.database, kernel.log, () => now);
  const principal = someone();
  expect(await allowed(limiter, principal, 601)).toBe(600);
  now += 60_000;
  expect(await allowed(limiter, principal, 1)).toBe(1);
  await limiter.close();
});

test('two processes share one limit', async () => {
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const [one, other] = [limiterAt(now), limiterAt(now)];
  const principal = someone();
  expect(await allowed(one, principal, 600)).toBe(600);
  // The other has counted nothing itself: it learns from what the first settled, with its own next settlement.
  await vi.waitFor(
    async () => {
      await allowed(other, principal, 1);
      expect(other.state(principal, client, 'default')!.remaining).toBe(0);
    },
    { timeout: 10_000, interval: 300 },
  );
  expect(await allowed(other, principal, 5)).toBe(0);
  await Promise.all([one.close(), other.close()]);
});

test('five attempts to sign in, then a wait, in every process at once', async () => {
  const limiters = [limiterAt(Date.now()), limiterAt(Date.now())];
  const account = `${randomUUID()}@test`;
  const attempts = Array.from({ length: 12 }, (_, index) => limiters[index % 2]!.consumeSignIn(account, client));
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  await expect(limiters[0]!.consumeSignIn(account.toUpperCase(), client)).rejects.toMatchObject({
    kind: 'rate_limited',
  });
  await Promise.all(limiters.map((limiter) => limiter.close()));
});

test('with the database away nobody signs in, but those who are in go on working', async () => {
  const gone = openDatabase('postgresql://nobody:x@127.0.0.1:1/nothing', { poolSize: 1 });
  const limiter = createRateLimiter(gone, kernel.log);
  await expect(limiter.consumeSignIn('a@test', client)).rejects.toMatchObject({ kind: 'upstream', status: 503 });
  await expect(limiter.consume(someone(), client, 'default')).resolves.toBeUndefined();
  await limiter.close();
  await gone.close();
});

test('closing settles what was counted, and nothing is written afterwards', async () => {
  const database = openDatabase(inject('databaseUrl'), { poolSize: 2 });
  const warn = vi.fn();
  const now = Date.now();
  const limiter = createRateLimiter(database, { ...kernel.log, warn }, () => now);
  const principal = someone();
  expect(await allowed(limiter, principal, 40)).toBe(40);
  await Promise.all([limiter.close(), limiter.close()]);
  await database.close();
  const key = `default:api_key:${principal.actor.id}`;
  const rows = await kernel.database.asPlatform((db) => db.rateLimit.findMany({ where: { key } }));
  expect(rows.map(({ count }) => count)).toEqual([40]);

  // A request that was still on its way.
  expect(await allowed(limiter, principal, 1)).toBe(1);
  await sleep(1_200);
  expect(warn).not.toHaveBeenCalled();
});
