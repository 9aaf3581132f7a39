import { z } from 'zod';
import { job, scheduledJob } from '@/lib/kernel/jobs/job';
import { keptSince, removeExecutions, tenantsWithExpired } from './retention';

/** Rows a transaction deletes: short enough for a refresh beside it. */
const BATCH = 5_000;

/** Removes the runs that are older than the plan keeps them. The plan is asked for every batch: it may change. */
export const pruneExecutions = job({
  name: 'execution-prune',
  input: z.object({}),
  singletonKey: () => 'executions',
  timeout: 1_800,
  attempts: 3,
  async run(ctx) {
    let removed = 0;
    for (let last = BATCH; last === BATCH; ) {
      ctx.signal.throwIfAborted();
      last = await ctx.tx(async (db) => {
        const since = await keptSince(db);
        return since ? removeExecutions(db, since, BATCH) : 0;
      });
      removed += last;
      await ctx.progress({ step: 'removing', current: removed, total: null });
    }
    return { removed };
  },
});

/** Starts the removal where there is something to remove. */
export const executionPruneDue = scheduledJob({
  name: 'execution-prune-due',
  schedule: '10 3 * * *',
  async run({ platform, enqueueFor, signal }) {
    for (const tenantId of await platform.tx(tenantsWithExpired)) {
      if (signal.aborted) return;
      await enqueueFor(tenantId, pruneExecutions, {});
    }
  },
});
