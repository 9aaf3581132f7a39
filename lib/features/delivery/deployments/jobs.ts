import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { job, scheduledJob } from '@/lib/kernel/jobs/job';
import { deploymentRun } from './run-jobs';
import { runDue } from './scheduling';

/** One promotion whose hour has come: its start, or its end. */
export const promotionDue = job({
  name: 'promotion-due',
  input: z.object({ promotionId: Id }),
  singletonKey: ({ promotionId }) => promotionId,
  timeout: 300,
  attempts: 3,
  run: (ctx, { promotionId }) => runDue(ctx, promotionId),
});

/** What a tick takes, tenants in turn; the rest waits for the next one. */
const PER_TICK = 200;
type Due = { tenant_id: string; id: string };

/** Starts what is scheduled for now, ends what has expired, and takes up deployments whose job was given up. */
export const promotionsDue = scheduledJob({
  name: 'promotions-due',
  schedule: '* * * * *',
  async run(ctx) {
    const due = await ctx.platform.tx(
      (db) => db.$queryRaw<Due[]>`
        SELECT p.tenant_id, p.id FROM promotions p JOIN tenants t ON t.id = p.tenant_id
        WHERE t.status = 'active' AND ((p.status = 'scheduled' AND p.scheduled_at <= now())
          OR (p.status IN ('pending', 'pending_approval', 'approved', 'scheduled') AND p.expires_at <= now()))
        ORDER BY row_number() OVER (PARTITION BY p.tenant_id ORDER BY p.expires_at), p.expires_at LIMIT ${PER_TICK}`,
    );
    for (const { tenant_id, id } of due) await ctx.enqueueFor(tenant_id, promotionDue, { promotionId: id });
    const stranded = await ctx.platform.tx(
      (db) => db.$queryRaw<Due[]>`
        SELECT d.tenant_id, d.id FROM deployments d JOIN tenants t ON t.id = d.tenant_id
        WHERE t.status = 'active' AND d.status IN ('pending', 'running') AND NOT EXISTS (
          SELECT FROM background_jobs j WHERE j.tenant_id = d.tenant_id AND j.type = 'deployment-run'
            AND j.singleton_key = d.id::text AND j.status IN ('pending', 'running'))
        ORDER BY d.created_at LIMIT ${PER_TICK}`,
    );
    for (const { tenant_id, id } of stranded) await ctx.enqueueFor(tenant_id, deploymentRun, { deploymentId: id });
  },
});
