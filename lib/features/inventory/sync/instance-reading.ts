import { upstream } from '@/lib/core/errors';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { knownWorkflows } from '../workflows/cache';
import type { Wanted } from './whole-reading';
import { confirmMissing, newTally, type Taking, takePages } from './workflow-pages';

/**
 * Every workflow that an instance has now, archived ones too, while the next page is fetched; the cache learns of them
 * on the way. Ends with certainty or throws: a `ProviderError`, or `upstream` when the list moved faster than it could be
 * read. What the cache knew and the list left out is asked for by itself, and so is what is `wanted` whole: a list tells
 * neither descriptions nor pinned data.
 */
export async function* readInstance(ctx: Taking, wanted?: Wanted): AsyncGenerator<RemoteWorkflow> {
  const asOf = new Date();
  const known = ctx.tx((db) => knownWorkflows(db, ctx.environmentId));
  const tally = newTally();
  for await (const page of takePages(ctx, known, asOf, tally, wanted)) yield* page;
  if (!tally.complete)
    throw upstream('The workflows changed faster than they could be read. Try again.', { code: 'list_moved' });
  const absent = [...(await known).values()].filter((one) => one.present && !tally.seen.has(one.n8nId));
  yield* (await confirmMissing(ctx, absent, asOf)).there;
}
