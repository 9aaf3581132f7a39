import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { job } from '@/lib/kernel/jobs/job';

export const STEPS = 12;
const STEP_MS = 150;

/**
 * Work as ours is: steps that each commit an effect, a checkpoint after each, and a look before each whether its effect
 * is there already. Every effect leaves an event, so that one done twice shows.
 */
export const countingJob = job({
  name: 'chaos-count',
  input: z.object({ name: z.string() }),
  timeout: 120,
  attempts: 20,
  async run(ctx, { name }) {
    const from = (ctx.checkpoint as { step: number } | null)?.step ?? 0;
    for (let step = from; step < STEPS; step += 1) {
      ctx.signal.throwIfAborted();
      await ctx.tx(async (db) => {
        const key = `${name}-${step}`;
        if (await db.environmentType.findFirst({ where: { key } })) return;
        await db.environmentType.create({ data: { key, label: key, sortOrder: step } });
        db.emit({ type: 'chaos.counted', subject: key });
      });
      await sleep(STEP_MS);
      await ctx.saveCheckpoint({ step: step + 1 });
      await ctx.progress({ step: 'counting', current: step + 1, total: STEPS });
    }
    return { counted: STEPS };
  },
});
