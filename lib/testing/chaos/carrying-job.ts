import { z } from 'zod';
import { executeRun } from '@/lib/features/change/journal/execute-run';
import { JOURNAL_OPTIONS } from '@/lib/features/change/journal/options';
import { job } from '@/lib/kernel/jobs/job';

/** Carries a run with the product's own times; its first attempt dies, and the worker with it, right after a write. */
export const carryingJob = job({
  name: 'chaos-carry',
  input: z.object({ runId: z.string() }),
  singletonKey: ({ runId }) => runId,
  timeout: 600,
  attempts: 3,
  async run(ctx, { runId }) {
    const interruption = {
      isFrozen: () => false,
      async at(point: string) {
        if (ctx.attempt === 1 && point === 'step.written') process.kill(process.pid, 'SIGKILL');
      },
    };
    return executeRun(ctx, runId, { ...JOURNAL_OPTIONS, interruption });
  },
});
