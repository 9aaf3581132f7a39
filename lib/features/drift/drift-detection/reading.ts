import { askEach } from '@/lib/features/inventory/sync/whole-reading';
import { confirmMissing, newTally, type Taking, takePages } from '@/lib/features/inventory/sync/workflow-pages';
import { type KnownWorkflow, knownWorkflows, saveWorkflows } from '@/lib/features/inventory/workflows/cache';
import { observe } from '@/lib/features/inventory/workflows/observe';

/** So many are held at once. */
const BATCH = 100;

/**
 * Reads an instance once, page by page, into the inventory: only what moved is parsed and written. What is approved and
 * was in no page is asked for by itself, also where the list moved too fast to be read to its end: only the instance's
 * own "there is no such workflow" makes one missing. What is approved is read whole, once, before it can differ: a list
 * tells no descriptions. Answers how many there are. What is approved is asked for last.
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
    [...approvedIds].filter((id) => (seen.has(id) ? !known.get(id)?.whole : !known.has(id))),
    asOf,
  );
  return seen.size;
}

/** Workflows that are approved, and that the inventory does not know, or not whole. */
async function lookFor(ctx: Taking, ids: readonly string[], asOf: Date): Promise<void> {
  for (let start = 0; start < ids.length; start += BATCH) {
    const found = await askEach(ctx, ids.slice(start, start + BATCH));
    const there = [...found.values()].filter((one) => one !== null).map(observe);
    await ctx.tx((db) => saveWorkflows(db, ctx.environmentId, there, asOf));
  }
}
