import { knownWorkflows } from '../workflows/cache';
import type { Phase, PhaseOutcome } from './phase';
import { confirmMissing, newTally, takePages } from './workflow-pages';

/** Reads every workflow; only what moved is parsed and written. */
export const workflowPhase: Phase = {
  name: 'workflows',
  async run(ctx): Promise<PhaseOutcome> {
    const asOf = new Date();
    const known = ctx.tx((db) => knownWorkflows(db, ctx.environmentId));
    const tally = newTally();
    let pages = 0;
    for await (const _ of takePages(ctx, known, asOf, tally)) {
      pages += 1;
      if (pages === 1) ctx.answered();
      const { size } = await known;
      await ctx.report(tally.seen.size, tally.complete ? tally.seen.size : Math.max(size, tally.seen.size));
    }
    const absent = [...(await known).values()].filter((one) => one.present && !tally.seen.has(one.n8nId));
    const missing = tally.complete ? (await confirmMissing(ctx, absent, asOf)).missing : 0;
    const moving = {
      code: 'list_moved',
      detail: 'The list changed faster than it could be read; nothing was marked missing.',
    };
    const note = tally.complete ? null : moving;
    return { status: 'done', count: tally.seen.size, changed: tally.changed, missing, note };
  },
};
