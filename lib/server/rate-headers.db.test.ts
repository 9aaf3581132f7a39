import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { createRateLimiter } from '@/lib/kernel/rate-limiter';
import { everyFlatDoor } from '@/lib/testing/doors';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { knock, withKey } from '@/lib/testing/requests';

const doors = await everyFlatDoor();
const door = (name: string) => doors.find((one) => one.name === name)!;
const of = ({ headers }: Response) =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`ratelimit-${name}`)));

let kernel: Kernel;
beforeAll(async () => {
  kernel = openHouse();
  await kernel.rateLimiter.close();
  // At a fixed time, so that no test runs over the end of a minute.
  kernel.rateLimiter = createRateLimiter(kernel.database, kernel.log, () => 60_000 * 4_000);
});
afterAll(() => closeHouse(kernel));

test('an answer that is kept for its Idempotency-Key says what is left, when it is given and when it is repeated', async () => {
  const key = withKey('a key', (await newTenant(kernel)).apiKey);
  const id = randomUUID();
  const headers = { 'idempotency-key': id };
  for (const left of [599, 598]) {
    const response = await knock(door('POST /admin/environment-types'), { as: key, id, headers });
    expect([response.status, of(response).slice(0, 2)]).toEqual([201, [600, left]]);
  }
});

test('a refusal says what is left of the count that the request was in, 429 included', async () => {
  const key = withKey('a key', (await newTenant(kernel)).apiKey);
  const expensive = door('GET /snapshots/{id}/download');
  const answers = [];
  for (let at = 0; at <= 30; at += 1) answers.push(await knock(expensive, { as: key }));
  expect([answers[0]!.status, of(answers[0]!).slice(0, 2)]).toEqual([404, [30, 29]]);
  expect([answers[30]!.status, of(answers[30]!).slice(0, 2)]).toEqual([429, [30, 0]]);
  expect(answers[30]!.headers.get('retry-after')).toBe(String(of(answers[30]!)[2]));
});
