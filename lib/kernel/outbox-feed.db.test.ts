import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import type { Kernel } from './kernel';
import { createOutboxFeed, type FeedEvent, pruneOutbox } from './outbox-feed';
import { writeEvents } from './tenant-transaction';

let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse();
});
afterAll(() => closeHouse(kernel));

const emit = (tenantId: string, type: string, heldMs = 0) =>
  kernel.database.asTenant(tenantId, async (db) => {
    await writeEvents(db, [{ type }]);
    await sleep(heldMs);
  });

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 10_000 && !condition(); waited += 20) await sleep(20);
}

test('every event arrives once and in one order, whatever order the transactions commit in', async () => {
  const { id } = await newTenant(kernel);
  const feed = createOutboxFeed(kernel.database, kernel.log);
  const seen: FeedEvent[] = [];
  const stop = feed.subscribe(id, (event) => seen.push(event));
  await emit(id, 'warm');
  await until(() => seen.length > 0);
  // Each is written at once and committed after a time of its own: later ids become visible before earlier ones.
  const held = [400, 0, 250, 10, 120, 300, 0, 60];
  await Promise.all(held.map((ms, index) => emit(id, `event ${index}`, ms)));
  await until(() => seen.length > held.length);
  stop();
  feed.close();
  const types = seen.slice(1).map(({ type }) => type);
  expect([...types].sort()).toEqual(held.map((_, index) => `event ${index}`));
  const replayed = await kernel.feed.since(id, seen[0]!.id);
  expect(replayed?.map(({ type }) => type)).toEqual(types);
});

test('two processes see the same events in the same order', async () => {
  const { id } = await newTenant(kernel);
  const feeds = [createOutboxFeed(kernel.database, kernel.log), createOutboxFeed(kernel.database, kernel.log)];
  const seen = feeds.map((feed) => {
    const ids: string[] = [];
    feed.subscribe(id, (event) => ids.push(event.id));
    return ids;
  });
  await sleep(200);
  await Promise.all(Array.from({ length: 20 }, (_, index) => emit(id, `e${index}`, (index * 37) % 90)));
  await until(() => seen.every((ids) => ids.length === 20));
  for (const feed of feeds) feed.close();
  expect(seen[0]).toHaveLength(20);
  expect(seen[1]).toEqual(seen[0]);
});

test('a browser that comes back gets what it missed, and nothing of another tenant', async () => {
  const [ours, theirs] = [await newTenant(kernel), await newTenant(kernel)];
  const seen: FeedEvent[] = [];
  const stop = kernel.feed.subscribe(ours.id, (event) => seen.push(event));
  await emit(ours.id, 'first');
  await until(() => seen.length === 1);
  stop();
  await emit(theirs.id, 'foreign');
  await emit(ours.id, 'second');
  await emit(ours.id, 'third');
  await sleep(50);
  const missed = await kernel.feed.since(ours.id, seen[0]!.id);
  expect(missed?.map(({ type }) => type)).toEqual(['second', 'third']);
  expect(await kernel.feed.since(ours.id, missed!.at(-1)!.id)).toEqual([]);
});

test('who was away too long, or sends what we never gave, starts afresh instead of missing something', async () => {
  const { id } = await newTenant(kernel);
  const seen: FeedEvent[] = [];
  const stop = kernel.feed.subscribe(id, (event) => seen.push(event));
  await emit(id, 'old');
  await until(() => seen.length === 1);
  stop();
  await kernel.database.asPlatform((db) =>
    db.outboxEvent.updateMany({ where: { tenantId: id }, data: { createdAt: new Date(Date.now() - 25 * 3_600_000) } }),
  );
  await kernel.database.asPlatform(pruneOutbox);
  await emit(id, 'new');
  const tooLarge = '9999999999999999999';
  const madeUp = ['', '0-0', 'NaN', '1', "1-1' OR 1=1", `${tooLarge}-1`, `1-${tooLarge}`];
  for (const position of [seen[0]!.id, ...madeUp]) {
    expect(await kernel.feed.since(id, position)).toBeNull();
  }
});

test('an event that was undone is never seen', async () => {
  const { id } = await newTenant(kernel);
  const seen: string[] = [];
  const stop = kernel.feed.subscribe(id, ({ type }) => seen.push(type));
  await sleep(100);
  const undone = kernel.database.asTenant(id, async (db) => {
    await writeEvents(db, [{ type: 'undone' }]);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await emit(id, 'kept');
  await until(() => seen.length > 0);
  stop();
  expect(seen).toEqual(['kept']);
});
