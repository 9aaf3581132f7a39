import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeHouse, openHouse } from '@/lib/testing/house';
import type { Database } from './db/database';
import { once, type Reply } from './idempotency';
import type { Kernel } from './kernel';

let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse();
});
afterAll(() => closeHouse(kernel));

const request = (changes = {}) => ({ scope: 'test', key: randomUUID(), body: '{"a":1}', secret: false, ...changes });
const counting = (reply: () => Reply | Promise<Reply>) => {
  const work = Object.assign(
    async () => {
      work.times += 1;
      return reply();
    },
    { times: 0 },
  );
  return work;
};

test('twenty at once with one key: one effect, twenty identical replies', async () => {
  const asked = request();
  const work = counting(async () => {
    await sleep(300);
    return { status: 201, body: { id: randomUUID() } };
  });
  const replies = await Promise.all(Array.from({ length: 20 }, () => once(kernel.database, asked, work)));
  expect(work.times).toBe(1);
  expect(new Set(replies.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
  expect(replies.filter(({ replayed }) => !replayed)).toHaveLength(1);
});

test('the same key with another body is refused, whether the first has ended or not', async () => {
  const asked = request();
  const first = once(
    kernel.database,
    asked,
    counting(async () => {
      await sleep(200);
      return { status: 200, body: {} };
    }),
  );
  await sleep(50);
  const other = () =>
    once(
      kernel.database,
      { ...asked, body: '{"a":2}' },
      counting(() => ({ status: 200, body: {} })),
    );
  await expect(other()).rejects.toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  await first;
  await expect(other()).rejects.toMatchObject({ status: 422, code: 'idempotency_key_reused' });
});

test('a secret that was shown once is neither kept nor shown again', async () => {
  const asked = request({ secret: true });
  const work = counting(() => ({ status: 201, body: { key: 'n8nops_planted' } }));
  expect(await once(kernel.database, asked, work)).toMatchObject({ body: { key: 'n8nops_planted' } });
  await expect(once(kernel.database, asked, work)).rejects.toMatchObject({ code: 'secret_shown_once' });
  const row = await kernel.database.asPlatform((db) => db.idempotencyKey.findFirst({ where: { key: asked.key } }));
  expect(JSON.stringify(row)).not.toContain('planted');
  expect(work.times).toBe(1);
});

test('an answer without content is repeated as one', async () => {
  const asked = request();
  const work = counting(() => ({ status: 204, body: undefined }));
  await once(kernel.database, asked, work);
  expect(await once(kernel.database, asked, work)).toMatchObject({ status: 204, body: null, replayed: true });
});

test('after a failure the same key may be tried again', async () => {
  const asked = request();
  let fails = true;
  const work = counting(() => {
    if (fails) throw new Error('not yet');
    return { status: 200, body: { done: true } };
  });
  await expect(once(kernel.database, asked, work)).rejects.toThrow('not yet');
  fails = false;
  expect(await once(kernel.database, asked, work)).toMatchObject({ body: { done: true }, replayed: false });
});

test('when the work was done but its reply could not be kept, a repeat does not do it again', async () => {
  const asked = request();
  let calls = 0;
  // The second transaction is the one that keeps the reply.
  const failing: Database = {
    ...kernel.database,
    asPlatform: (work, options) => {
      calls += 1;
      return calls === 2
        ? Promise.reject(new Error('the database went away'))
        : kernel.database.asPlatform(work, options);
    },
  };
  const work = counting(() => ({ status: 201, body: {} }));
  await expect(once(failing, asked, work)).rejects.toThrow('went away');
  await expect(once(kernel.database, asked, work, { waitMs: 0 })).rejects.toMatchObject({
    code: 'idempotency_in_flight',
  });
  expect(work.times).toBe(1);
});

test('one key means different things to different callers', async () => {
  const key = randomUUID();
  const work = counting(() => ({ status: 200, body: {} }));
  await once(kernel.database, request({ key, scope: 'a' }), work);
  await once(kernel.database, request({ key, scope: 'b' }), work);
  expect(work.times).toBe(2);
});

test.each(['', 'x'.repeat(129), 'with space', 'ümlaut'])('a key like %j is refused', async (key) => {
  const asked = once(
    kernel.database,
    request({ key }),
    counting(() => ({ status: 200, body: {} })),
  );
  await expect(asked).rejects.toMatchObject({ status: 400 });
});
