import { type JobRequest, scheduledJob } from '@/lib/kernel/jobs/job';

/** What a tick takes; the rest waits for the next one. */
const PER_TICK = 200;
type Stranded = { tenant_id: string; id: string; carrier: JobRequest };

/**
 * Takes up runs that nobody carries on: begun, their lease over, and their job finished, given up, cancelled or gone.
 * Left alone they would keep every other change out of their environment.
 */
export const runsDue = scheduledJob({
  name: 'runs-due',
  schedule: '* * * * *',
  async run(ctx) {
    const stranded = await ctx.platform.tx(
      (db) => db.$queryRaw<Stranded[]>`
        SELECT r.tenant_id, r.id, r.carrier
        FROM journal_runs r JOIN tenants t ON t.id = r.tenant_id
          JOIN environment_leases l ON l.tenant_id = r.tenant_id AND l.environment_id = r.environment_id
        WHERE t.status = 'active' AND r.status IN ('running', 'verifying', 'compensating') AND r.carrier IS NOT NULL
          AND l.expires_at <= clock_timestamp() AND NOT EXISTS (
            SELECT FROM background_jobs j WHERE j.tenant_id = r.tenant_id AND j.status IN ('pending', 'running')
              AND j.type = r.carrier->>'type' AND j.input = r.carrier->'input')
        ORDER BY r.created_at LIMIT ${PER_TICK}`,
    );
    for (const { tenant_id, id, carrier } of stranded) {
      if (ctx.signal.aborted) return;
      if (await ctx.enqueueAgain(tenant_id, carrier)) continue;
      ctx.log.warn(
        { tenant: tenant_id, runId: id, job: carrier.type },
        'a run is left in the middle by an unknown job',
      );
    }
  },
});
