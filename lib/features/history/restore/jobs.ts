import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { type JobRequest, job, scheduledJob } from '@/lib/kernel/jobs/job';
import { takeUp } from './taking-up';

/** One restore whose job ended before it did. */
export const restoreDue = job({
  name: 'restore-due',
  input: z.object({ restoreId: Id }),
  singletonKey: ({ restoreId }) => restoreId,
  timeout: 300,
  attempts: 3,
  run: (ctx, { restoreId }) => ctx.tx((db) => takeUp(db, restoreId)),
});

/** What a tick takes; the rest waits for the next one. */
const PER_TICK = 200;
type Stranded = { tenant_id: string; id: string; environment_id: string; actor: JobRequest['actor'] };

/** Takes up restores whose job was cancelled or given up, as whoever started them. */
export const restoresDue = scheduledJob({
  name: 'restores-due',
  schedule: '* * * * *',
  async run(ctx) {
    const stranded = await ctx.platform.tx(
      (db) => db.$queryRaw<Stranded[]>`
        SELECT r.tenant_id, r.id, r.environment_id, coalesce(last.actor, r.actor) AS actor
        FROM restores r JOIN tenants t ON t.id = r.tenant_id
          LEFT JOIN background_jobs last ON last.tenant_id = r.tenant_id AND last.id = r.job_id
        WHERE t.status = 'active' AND r.status = 'running' AND NOT EXISTS (
          SELECT FROM background_jobs j WHERE j.tenant_id = r.tenant_id AND j.type = 'restore-run'
            AND j.singleton_key = r.id::text AND j.status IN ('pending', 'running'))
        ORDER BY r.created_at LIMIT ${PER_TICK}`,
    );
    for (const { tenant_id, id, environment_id: environmentId, actor } of stranded) {
      const resource = { type: 'restore', id };
      const request = { type: restoreDue.name, input: { restoreId: id }, actor, environmentId, resource };
      await ctx.enqueueAgain(tenant_id, request);
    }
  },
});
