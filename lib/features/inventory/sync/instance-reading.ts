import { upstream } from '@/lib/core/errors';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { knownWorkflows } from '../workflows/cache';
import { confirmMissing, readAhead, type Taking, takePage } from './workflow-pages';

/**
 * Every workflow that an instance has now, archived ones too, while the next page is fetched; the cache learns of them
 * on the way. Ends with certainty or throws: a `ProviderError`, or `upstream` when the list moved faster than it could be
 * read. What the cache knew and the list left out is asked for by itself.
 */
export async function* readInstance(ctx: Taking): AsyncGenerator<RemoteWorkflow> {
  const asOf = new Date();
  const known = await ctx.tx((db) => knownWorkflows(db, ctx.environmentId));
  const seen = new Set<string>();
  let complete = false;
  for await (const page of readAhead(ctx.provider.listWorkflows({ signal: ctx.signal }))) {
    for (const { id } of page.items) seen.add(id);
    await takePage(ctx, page.items, known, asOf);
    complete = page.complete === true;
    yield* page.items;
  }
  if (!complete)
    throw upstream('The workflows changed faster than they could be read. Try again.', { code: 'list_moved' });
  const absent = [...known.values()].filter((one) => one.present && !seen.has(one.n8nId));
  yield* (await confirmMissing(ctx, absent, asOf)).there;
}
