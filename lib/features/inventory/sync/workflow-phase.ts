import { knownWorkflows } from '../workflows/cache';
import type { Phase, PhaseOutcome } from './phase';
import { confirmMissing, readAhead, takePage } from './workflow-pages';

/** Reads every workflow; only what moved is parsed and written. */
export const workflowPhase: Phase = {
  name: 'workflows',
  async run(ctx): Promise<PhaseOutcome> {
    const asOf = new Date();
    const known = await ctx.tx((db) => knownWorkflows(db, ctx.environmentId));
    const tally = { seen: new Set<string>(), changed: 0 };
    let complete = false;
    for await (const page of readAhead(ctx.provider.listWorkflows({ signal: ctx.signal }))) {
      if (tally.seen.size === 0) ctx.answered();
      for (const { id } of page.items) tally.seen.add(id);
      tally.changed += await takePage(ctx, page.items, known, asOf);
      complete = page.complete === true;
      await ctx.report(tally.seen.size, complete ? tally.seen.size : Math.max(known.size, tally.seen.size));
    }
    const absent = [...known.values()].filter((one) => one.present && !tally.seen.has(one.n8nId));
    const missing = complete ? (await confirmMissing(ctx, absent, asOf)).missing : 0;
    const moving = {
      code: 'list_moved',
      detail: 'The list changed faster than it could be read; nothing was marked missing.',
    };
    return { status: 'done', count: tally.seen.size, changed: tally.changed, missing, note: complete ? null : moving };
  },
};
