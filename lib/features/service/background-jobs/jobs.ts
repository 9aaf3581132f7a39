import { pruneIdempotencyKeys } from '@/lib/kernel/idempotency';
import { scheduledJob } from '@/lib/kernel/jobs/job';
import { pruneOutbox } from '@/lib/kernel/outbox-feed';
import { pruneRateLimits } from '@/lib/kernel/rate-limiter';

/** Removes what the kernel keeps for a while only: events, replies to repeats, counts of past minutes. */
export const pruneKernel = scheduledJob({
  name: 'kernel-prune',
  schedule: '30 * * * *',
  async run({ platform, signal }) {
    for (const prune of [pruneOutbox, pruneIdempotencyKeys, pruneRateLimits]) {
      signal.throwIfAborted();
      await platform.tx(prune, { timeoutMs: 60_000 });
    }
  },
});
