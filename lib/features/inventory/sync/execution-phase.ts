import { phaseCursor } from '@/lib/features/connections/environments/freshness';
import { countExecutions, markUnknown, openExecutions, saveExecutions } from '../executions/service';
import type { Phase, PhaseContext } from './phase';

/** How far back the first refresh reads, in runs. */
const FIRST_READING = 5_000;
/** Open runs that no list showed are asked for one by one, at most so many a refresh. */
const MAX_QUESTIONS = 100;
const CONCURRENT_QUESTIONS = 4;

type Cursor = { newestId: string };

/** Reads what is new since the last complete reading, and asks again about what was still open then. */
export const executionPhase: Phase = {
  name: 'executions',
  async run(ctx) {
    const { open, cursor } = await ctx.tx(async (db) => ({
      open: await openExecutions(db, ctx.environmentId, MAX_QUESTIONS),
      cursor: (await phaseCursor(db, ctx.environmentId, 'executions')) as Cursor | null,
    }));
    let read = await readAll(ctx, cursor?.newestId);
    // The newest page always holds what was the newest last time: ids below it mean another instance, or one that was
    // restored, which counts anew.
    const countsAnew = cursor !== null && read.seen.size > 0 && read.newest < BigInt(cursor.newestId);
    if (countsAnew) read = await readAll(ctx);
    const { seen, changed } = read;
    const newest = read.newest || BigInt(cursor?.newestId ?? 0);
    await askAgain(
      ctx,
      open.filter((id) => !seen.has(id)),
    );
    const count = await ctx.tx((db) => countExecutions(db, ctx.environmentId));
    return {
      status: 'done',
      count,
      changed,
      missing: 0,
      note: null,
      // Only a reading that came to its end moves this, so that an interrupted one leaves no hole.
      cursor: { newestId: newest.toString() } satisfies Cursor,
    };
  },
};

/** From the newest back to `afterId`; without it, as far as a first refresh reads. */
async function readAll(ctx: PhaseContext, afterId?: string) {
  const seen = new Set<string>();
  let [newest, changed] = [0n, 0];
  const maxItems = afterId ? undefined : FIRST_READING;
  for await (const { items } of ctx.provider.listExecutions({ signal: ctx.signal, afterId, maxItems })) {
    for (const { id } of items) {
      seen.add(id);
      if (BigInt(id) > newest) newest = BigInt(id);
    }
    changed += await ctx.tx((db) => saveExecutions(db, ctx.environmentId, items));
    await ctx.report(seen.size, null);
  }
  return { seen, newest, changed };
}

async function askAgain(ctx: PhaseContext, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += CONCURRENT_QUESTIONS) {
    ctx.signal.throwIfAborted();
    const asked = ids.slice(start, start + CONCURRENT_QUESTIONS);
    const found = await Promise.all(asked.map((id) => ctx.provider.getExecution(id, { signal: ctx.signal })));
    const there = found.filter((one) => one !== null);
    const pruned = asked.filter((_, index) => found[index] === null);
    await ctx.tx(async (db) => {
      await saveExecutions(db, ctx.environmentId, there);
      await markUnknown(db, ctx.environmentId, pruned);
    });
  }
}
