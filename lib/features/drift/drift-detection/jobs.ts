import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { job, scheduledJob } from '@/lib/kernel/jobs/job';
import { mayPass } from '@/lib/kernel/jobs/may-pass';
import { TEMPLATES } from '../drift-policies/model';
import { incidentEscalate } from '../incidents/jobs';
import { checkEnvironment, noteFailure } from './run-check';

const ATTEMPTS = 2;

/** One at a time in an environment, whoever asked. */
export const driftCheck = job({
  name: 'drift-check',
  input: z.object({ environmentId: Id, trigger: z.enum(['schedule', 'request']) }),
  singletonKey: ({ environmentId }) => environmentId,
  covers: () => true,
  timeout: 1_800,
  attempts: ATTEMPTS,
  async run(ctx, { environmentId, trigger }) {
    const startedAt = new Date();
    try {
      return await checkEnvironment(ctx, environmentId, trigger);
    } catch (error) {
      ctx.signal.throwIfAborted();
      // One that is tried again is one check, and fails once.
      const comesAgain = mayPass(error) && ctx.attempt < ATTEMPTS;
      if (!comesAgain) await noteFailure(ctx, environmentId, trigger, { error, startedAt });
      throw error;
    }
  },
});

/** Environments a tick takes; the rest waits for the next one. */
const PER_TICK = 200;
const { checkIntervalSeconds: INTERVAL, warningHours: WARNING } = TEMPLATES.standard.policy;

/**
 * Starts the checks that are due, and the escalation of incidents whose time has come. Tenants take turns, each with
 * its longest overdue environment first, so that one with hundreds does not keep the others waiting.
 */
export const driftDue = scheduledJob({
  name: 'drift-due',
  schedule: '* * * * *',
  async run(ctx) {
    // Taking one moves its due time, so that two ticks never take the same; the check sets it anew when it ends.
    const due = await ctx.platform.tx(
      (db) => db.$queryRaw<{ tenant_id: string; id: string; turn: bigint }[]>`
        WITH due AS (
          SELECT e.id, row_number() OVER (PARTITION BY e.tenant_id ORDER BY e.next_drift_check_at, e.id) AS turn,
            coalesce(p.check_interval_seconds, ${INTERVAL}) AS seconds
          FROM environments e JOIN tenants t ON t.id = e.tenant_id LEFT JOIN drift_policies p ON p.tenant_id = e.tenant_id
          WHERE e.next_drift_check_at <= now() AND t.status = 'active' AND (e.class <> 'dev' OR EXISTS (
            SELECT FROM incidents i WHERE i.tenant_id = e.tenant_id AND i.environment_id = e.id AND i.status <> 'closed'))
          ORDER BY turn, e.next_drift_check_at LIMIT ${PER_TICK}),
        taken AS (
          SELECT id FROM environments WHERE id IN (SELECT id FROM due) AND next_drift_check_at <= now()
          FOR UPDATE SKIP LOCKED)
        UPDATE environments e SET next_drift_check_at = now() + make_interval(secs => due.seconds)
        FROM due JOIN taken ON taken.id = due.id WHERE e.id = due.id
        RETURNING e.tenant_id, e.id, due.turn`,
    );
    for (const { tenant_id: tenantId, id } of due.toSorted((a, b) => Number(a.turn - b.turn))) {
      if (ctx.signal.aborted) return;
      const input = { environmentId: id, trigger: 'schedule' as const };
      await ctx.enqueueFor(tenantId, driftCheck, input, { environmentId: id });
    }
    const late = await ctx.platform.tx(
      (db) => db.$queryRaw<{ tenant_id: string }[]>`
        SELECT DISTINCT i.tenant_id FROM incidents i
        JOIN tenants t ON t.id = i.tenant_id LEFT JOIN drift_policies p ON p.tenant_id = i.tenant_id
        WHERE i.status <> 'closed' AND i.expired_at IS NULL AND t.status = 'active' AND (i.due_at <= now()
          OR i.warned_at IS NULL AND coalesce(p.warning_hours, ${WARNING}) > 0
            AND i.due_at - make_interval(hours => coalesce(p.warning_hours, ${WARNING})) <= now())`,
    );
    for (const { tenant_id: tenantId } of late) await ctx.enqueueFor(tenantId, incidentEscalate, {});
  },
});
