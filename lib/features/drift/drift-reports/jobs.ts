import { z } from 'zod';
import { job, scheduledJob } from '@/lib/kernel/jobs/job';
import { pruneDrift } from './retention';

/** Forgets what the policy of a tenant lets go. */
export const driftPrune = job({
  name: 'drift-prune',
  input: z.object({}),
  singletonKey: () => 'tenant',
  timeout: 1_800,
  attempts: 3,
  async run(ctx) {
    const pruned = await pruneDrift(ctx.tx, new Date());
    if (Object.values(pruned).some((count) => count > 0)) {
      await ctx.tx(async (db) => db.audit({ action: 'drift.pruned', details: pruned }));
    }
    return pruned;
  },
});

export const driftRetention = scheduledJob({
  name: 'drift-retention',
  schedule: '50 3 * * *',
  async run(ctx) {
    const tenants = await ctx.platform.tx(
      (db) => db.$queryRaw<{ id: string }[]>`
        SELECT id FROM tenants WHERE status = 'active' AND EXISTS (SELECT FROM drift_checks WHERE tenant_id = tenants.id)`,
    );
    for (const { id } of tenants) await ctx.enqueueFor(id, driftPrune, {});
  },
});
