import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { ListPage } from '@/lib/ports/workflow-provider';
import { type KnownWorkflow, markMissing, saveWorkflows } from '../workflows/cache';
import { observe, remoteStamp } from '../workflows/observe';
import type { PhaseContext } from './phase';

/** So many are written at once. */
const BATCH = 100;
/** So many absent ones are asked about at once. */
const CONCURRENT_QUESTIONS = 4;
/** The event names so many; a browser that sees more refetches its list anyway. */
const NAMED_IN_EVENT = 50;

/** Asks for the next page while this one is worked on. */
export async function* readAhead<T>(pages: AsyncIterable<ListPage<T>>): AsyncGenerator<ListPage<T>> {
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

export type Taking = Pick<PhaseContext, 'tx' | 'signal' | 'environmentId' | 'provider'>;

/** Writes into the cache what moved since it was `known`; how many did. `asOf` is when the reading began. */
export async function takePage(
  ctx: Taking,
  items: readonly RemoteWorkflow[],
  known: ReadonlyMap<string, KnownWorkflow>,
  asOf: Date,
): Promise<number> {
  let changed = 0;
  const moved = items.filter((remote) => {
    const before = known.get(remote.id);
    return !before?.present || before.stamp !== remoteStamp(remote);
  });
  for (let start = 0; start < moved.length; start += BATCH) {
    ctx.signal.throwIfAborted();
    const observed = moved.slice(start, start + BATCH).map(observe);
    await ctx.tx(async (db) => {
      const ids = await saveWorkflows(db, ctx.environmentId, observed, asOf);
      changed += ids.size;
      if (ids.size > 0) db.emit(changedEvent(ctx.environmentId, [...ids.values()]));
    });
  }
  return changed;
}

/**
 * Absence from a list is a question; only the instance's own "there is no such workflow" is an answer. Answers how many
 * are gone, and those that are there after all.
 */
export async function confirmMissing(ctx: Taking, absent: readonly KnownWorkflow[], asOf: Date) {
  const gone: string[] = [];
  const there: RemoteWorkflow[] = [];
  for (let start = 0; start < absent.length; start += CONCURRENT_QUESTIONS) {
    ctx.signal.throwIfAborted();
    const asked = absent.slice(start, start + CONCURRENT_QUESTIONS);
    const found = await Promise.all(asked.map(({ n8nId }) => ctx.provider.getWorkflow(n8nId, { signal: ctx.signal })));
    gone.push(...asked.filter((_, index) => found[index] === null).map(({ id }) => id));
    const hidden = found.filter((one) => one !== null);
    await ctx.tx((db) => saveWorkflows(db, ctx.environmentId, hidden.map(observe), asOf));
    there.push(...hidden);
  }
  if (gone.length === 0) return { missing: 0, there };
  await ctx.tx(async (db) => {
    await markMissing(db, gone);
    db.emit(changedEvent(ctx.environmentId, gone));
  });
  return { missing: gone.length, there };
}

const changedEvent = (environmentId: string, ids: readonly string[]) => ({
  type: 'workflow.changed',
  subject: ids.length === 1 ? ids[0] : undefined,
  payload: { environmentId, count: ids.length, workflowIds: ids.slice(0, NAMED_IN_EVENT) },
});
