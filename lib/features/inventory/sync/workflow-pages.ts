import { setImmediate as breathe } from 'node:timers/promises';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { ListPage } from '@/lib/ports/workflow-provider';
import { type KnownWorkflow, markMissing, saveWorkflows } from '../workflows/cache';
import { type ObservedWorkflow, observe } from '../workflows/observe';
import type { PhaseContext } from './phase';
import { askEach, hasMoved, tellWhole, type Wanted } from './whole-reading';

/** So many are written in one transaction, and so many transactions run at once. */
const BATCH = 125;
const CONCURRENT_SAVES = 2;
/** Pages the instance may be ahead of us: it never waits for our writing, and memory holds three at most. */
const PAGES_AHEAD = 2;
/** Workflows read in one go, a few milliseconds. */
const BREATH = 20;
/** The event names so many; a browser that sees more refetches its list anyway. */
const NAMED_IN_EVENT = 50;

export type Taking = Pick<PhaseContext, 'tx' | 'signal' | 'environmentId' | 'provider'>;

/** What a reading has come to: the ids that the list showed, how many rows moved, whether the list was read to its end. */
export type Tally = { seen: Set<string>; changed: number; complete: boolean };

/**
 * Reads every page of the instance's workflows and writes into the cache what moved since it was `known`: batches are
 * written while the next is read, and the instance answers while we look up what we know. `asOf` is when the reading
 * began. `tally` is true once the last page was taken. Which are told whole is said by `wanted`.
 */
export async function* takePages(
  ctx: Taking,
  known: Promise<ReadonlyMap<string, KnownWorkflow>>,
  asOf: Date,
  tally: Tally,
  wanted: Wanted = () => false,
): AsyncGenerator<readonly RemoteWorkflow[]> {
  const expected = known.then(({ size }) => size);
  // Whoever awaits `known` hears of its failure.
  expected.catch(() => undefined);
  const save = inLanes(CONCURRENT_SAVES, (observed: ObservedWorkflow[]) => saveBatch(ctx, observed, tally, asOf));
  try {
    for await (const page of readAhead(ctx.provider.listWorkflows({ signal: ctx.signal, expected }))) {
      for (const { id } of page.items) tally.seen.add(id);
      const items = await tellWhole(ctx, page.items, await known, wanted);
      const moved = newsOf(items, await known);
      for (let start = 0; start < moved.length; start += BATCH) {
        ctx.signal.throwIfAborted();
        await save.start(await observeAll(moved.slice(start, start + BATCH)));
      }
      tally.complete = page.complete === true;
      yield items;
    }
  } finally {
    await save.end();
  }
}

/** Asks for the next pages while this one is worked on. */
async function* readAhead<T>(pages: AsyncIterable<ListPage<T>>): AsyncGenerator<ListPage<T>> {
  const iterator = pages[Symbol.asyncIterator]();
  const ask = () => {
    const page = iterator.next();
    // It is awaited when its turn comes, or never, when the reader gives up.
    page.catch(() => undefined);
    return page;
  };
  try {
    const asked = Array.from({ length: PAGES_AHEAD }, ask);
    for (;;) {
      const { done, value } = await asked.shift()!;
      if (done) return;
      asked.push(ask());
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Starts each piece of work while few others run, so that the next can be prepared meanwhile. */
function inLanes<T>(lanes: number, work: (item: T) => Promise<void>) {
  const running: Promise<void>[] = [];
  return {
    async start(item: T): Promise<void> {
      if (running.length === lanes) await running.shift();
      const started = work(item);
      // Whoever takes its place, or waits for the end, hears of its failure.
      started.catch(() => undefined);
      running.push(started);
    },
    async end(): Promise<void> {
      await Promise.allSettled(running);
      await Promise.all(running);
    },
  };
}

/** What moved, and what is known whole from now on. */
const newsOf = (items: readonly RemoteWorkflow[], known: ReadonlyMap<string, KnownWorkflow>) =>
  items.filter((remote) => {
    const before = known.get(remote.id);
    return hasMoved(before, remote) || (!remote.listed && !before!.whole);
  });

/** Lets others in between: the next page is taken off the wire, and asked for, while this one is read. */
async function observeAll(remotes: readonly RemoteWorkflow[]): Promise<ObservedWorkflow[]> {
  const observed: ObservedWorkflow[] = [];
  for (const [index, remote] of remotes.entries()) {
    if (index % BREATH === 0) await breathe();
    observed.push(observe(remote));
  }
  return observed;
}

const saveBatch = (ctx: Taking, observed: readonly ObservedWorkflow[], tally: Tally, asOf: Date): Promise<void> =>
  ctx.tx(async (db) => {
    const ids = await saveWorkflows(db, ctx.environmentId, observed, asOf);
    tally.changed += ids.size;
    if (ids.size > 0) db.emit(changedEvent(ctx.environmentId, [...ids.values()]));
  });

export const newTally = (): Tally => ({ seen: new Set(), changed: 0, complete: false });

/**
 * Absence from a list is a question; only the instance's own "there is no such workflow" is an answer. Answers how many
 * are gone, and those that are there after all.
 */
export async function confirmMissing(ctx: Taking, absent: readonly KnownWorkflow[], asOf: Date) {
  const gone: string[] = [];
  const there: RemoteWorkflow[] = [];
  for (let start = 0; start < absent.length; start += BATCH) {
    const asked = absent.slice(start, start + BATCH);
    const found = await askEach(
      ctx,
      asked.map(({ n8nId }) => n8nId),
    );
    gone.push(...asked.flatMap(({ id, n8nId }) => (found.get(n8nId) === null ? id : [])));
    const hidden = [...found.values()].filter((one) => one !== null);
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
