import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { SYNC_PHASES } from '@/lib/features/connections/environments/model';
import { job, scheduledJob } from '@/lib/kernel/jobs/job';
import { runSync } from './run-sync';

/** Two an environment never run at once, whichever phases they are for; one that reads more will do. */
export const environmentSync = job({
  name: 'environment-sync',
  input: z.object({ environmentId: Id, phases: z.array(z.enum(SYNC_PHASES)).min(1) }),
  singletonKey: ({ environmentId }) => environmentId,
  covers: (active, asked) => asked.phases.every((phase) => active.phases.includes(phase)),
  timeout: 1_800,
  attempts: 5,
  run: (ctx, { environmentId, phases }) => runSync(ctx, environmentId, phases),
});

/** Environments a tick takes; the rest waits for the next one. */
const PER_TICK = 200;

/** Starts the refreshes that are due, the longest overdue first. */
export const syncDue = scheduledJob({
  name: 'sync-due',
  schedule: '* * * * *',
  async run(ctx) {
    // Taking one moves its due time, so that two ticks never take the same; the refresh sets it anew when it ends.
    const due = await ctx.platform.tx(
      (db) => db.$queryRaw<{ tenant_id: string; id: string }[]>`
        UPDATE environments SET next_sync_at = now() + make_interval(secs => sync_interval_seconds * (0.9 + random() * 0.2))
        WHERE id IN (
          SELECT environments.id FROM environments JOIN tenants ON tenants.id = environments.tenant_id
          WHERE next_sync_at <= now() AND tenants.status = 'active'
          ORDER BY next_sync_at LIMIT ${PER_TICK} FOR UPDATE OF environments SKIP LOCKED)
        RETURNING tenant_id, id`,
    );
    for (const { tenant_id: tenantId, id } of due) {
      if (ctx.signal.aborted) return;
      const input = { environmentId: id, phases: [...SYNC_PHASES] };
      await ctx.enqueueFor(tenantId, environmentSync, input, { environmentId: id });
    }
  },
});
