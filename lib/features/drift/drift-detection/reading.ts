import { confirmMissing, newTally, type Taking, takePages } from '@/lib/features/inventory/sync/workflow-pages';
import { type KnownWorkflow, knownWorkflows, saveWorkflows } from '@/lib/features/inventory/workflows/cache';
import { observe } from '@/lib/features/inventory/workflows/observe';

const CONCURRENT_QUESTIONS = 4;

/**
 * Reads an instance once, page by page, into the inventory: only what moved is parsed and written. What is approved and
 * was in no page is asked for by itself, also where the list moved too fast to be read to its end: only the instance's
 * own "there is no such workflow" makes one missing. Answers how many there are. What is approved is asked for last.
 */
export async function readInventory(ctx: Taking, approved: Promise<ReadonlySet<string>>): Promise<number> {
  const asOf = new Date();
  const knowing = ctx.tx((db) => knownWorkflows(db, ctx.environmentId));
  const tally = newTally();
  for await (const _ of takePages(ctx, knowing, asOf, tally));
  const { seen, complete } = tally;
  const [known, approvedIds] = [await knowing, await approved];
  const isAsked = ({ n8nId, present }: KnownWorkflow) =>
    !seen.has(n8nId) && (approvedIds.has(n8nId) || (complete && present));
  await confirmMissing(ctx, [...known.values()].filter(isAsked), asOf);
  await lookFor(
    ctx,
    [...approvedIds].filter((id) => !seen.has(id) && !known.has(id)),
    asOf,
  );
  return seen.size;
}

/** Workflows that are approved, and that neither the inventory nor the list knows. */
async function lookFor(ctx: Taking, ids: readonly string[], asOf: Date): Promise<void> {
  for (let start = 0; start < ids.length; start += CONCURRENT_QUESTIONS) {
    ctx.signal.throwIfAborted();
    const asked = ids.slice(start, start + CONCURRENT_QUESTIONS);
    const found = await Promise.all(asked.map((id) => ctx.provider.getWorkflow(id, { signal: ctx.signal })));
    const there = found.filter((one) => one !== null).map(observe);
    await ctx.tx((db) => saveWorkflows(db, ctx.environmentId, there, asOf));
  }
}
