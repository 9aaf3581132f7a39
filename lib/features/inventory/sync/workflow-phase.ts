import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { ListPage } from '@/lib/ports/workflow-provider';
import { type KnownWorkflow, knownWorkflows, markMissing, saveWorkflows } from '../workflows/cache';
import { observe, remoteStamp } from '../workflows/observe';
import type { Phase, PhaseContext, PhaseOutcome } from './phase';

/** So many are written at once, and so many absent ones are asked about at once. */
const BATCH = 100;
const CONCURRENT_QUESTIONS = 4;
/** The event names so many; a browser that sees more refetches its list anyway. */
const NAMED_IN_EVENT = 50;

type Tally = { seen: Set<string>; changed: number };

/** Reads every workflow; only what moved is parsed and written. */
export const workflowPhase: Phase = {
  name: 'workflows',
  async run(ctx): Promise<PhaseOutcome> {
    const asOf = new Date();
    const known = await ctx.tx((db) => knownWorkflows(db, ctx.environmentId));
    const tally: Tally = { seen: new Set(), changed: 0 };
    let complete = false;
    for await (const page of readAhead(ctx.provider.listWorkflows({ signal: ctx.signal }))) {
      if (tally.seen.size === 0) ctx.answered();
      await takePage(ctx, page.items, known, tally, asOf);
      complete = page.complete === true;
      await ctx.report(tally.seen.size, complete ? tally.seen.size : Math.max(known.size, tally.seen.size));
    }
    const absent = [...known.values()].filter((one) => one.present && !tally.seen.has(one.n8nId));
    const missing = complete ? await confirmMissing(ctx, absent, asOf) : 0;
    const moving = {
      code: 'list_moved',
      detail: 'The list changed faster than it could be read; nothing was marked missing.',
    };
    return { status: 'done', count: tally.seen.size, changed: tally.changed, missing, note: complete ? null : moving };
  },
};

/** Asks for the next page while this one is worked on. */
async function* readAhead<T>(pages: AsyncIterable<ListPage<T>>): AsyncGenerator<ListPage<T>> {
  const iterator = pages[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = iterator.next();
      // It is awaited on the next turn, or never, when the reader gives up.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

async function takePage(
  ctx: PhaseContext,
  items: readonly RemoteWorkflow[],
  known: ReadonlyMap<string, KnownWorkflow>,
  tally: Tally,
  asOf: Date,
): Promise<void> {
  const moved = items.filter((remote) => {
    tally.seen.add(remote.id);
    const before = known.get(remote.id);
    return !before?.present || before.stamp !== remoteStamp(remote);
  });
  for (let start = 0; start < moved.length; start += BATCH) {
    ctx.signal.throwIfAborted();
    const observed = moved.slice(start, start + BATCH).map(observe);
    await ctx.tx(async (db) => {
      const ids = await saveWorkflows(db, ctx.environmentId, observed, asOf);
      tally.changed += ids.size;
      if (ids.size > 0) db.emit(changedEvent(ctx.environmentId, [...ids.values()]));
    });
  }
}

/** Absence from a list is a question; only the instance's own "there is no such workflow" is an answer. */
async function confirmMissing(ctx: PhaseContext, absent: readonly KnownWorkflow[], asOf: Date): Promise<number> {
  const gone: string[] = [];
  for (let start = 0; start < absent.length; start += CONCURRENT_QUESTIONS) {
    ctx.signal.throwIfAborted();
    const asked = absent.slice(start, start + CONCURRENT_QUESTIONS);
    const found = await Promise.all(asked.map(({ n8nId }) => ctx.provider.getWorkflow(n8nId, { signal: ctx.signal })));
    gone.push(...asked.filter((_, index) => found[index] === null).map(({ id }) => id));
    const there = found.filter((one) => one !== null);
    await ctx.tx((db) => saveWorkflows(db, ctx.environmentId, there.map(observe), asOf));
  }
  if (gone.length === 0) return 0;
  await ctx.tx(async (db) => {
    await markMissing(db, gone);
    db.emit(changedEvent(ctx.environmentId, gone));
  });
  return gone.length;
}

const changedEvent = (environmentId: string, ids: readonly string[]) => ({
  type: 'workflow.changed',
  subject: ids.length === 1 ? ids[0] : undefined,
  payload: { environmentId, count: ids.length, workflowIds: ids.slice(0, NAMED_IN_EVENT) },
});
