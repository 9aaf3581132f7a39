import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ExecutionStatus, RemoteExecution } from '@/lib/ports/remote-workflow';
import { OPEN } from './model';
import { keptSince } from './retention';

/**
 * Writes what was seen, in one statement; an unchanged run is not touched, and one that the plan would not keep is not
 * taken in. Returns how many were new or changed.
 */
export async function saveExecutions(
  db: TenantDb,
  environmentId: string,
  seen: readonly RemoteExecution[],
): Promise<number> {
  if (seen.length === 0) return 0;
  const since = await keptSince(db);
  return db.$executeRaw`
    INSERT INTO executions (id, environment_id, n8n_id, workflow_n8n_id, workflow_name, status, mode, started_at,
      ordered_at, stopped_at, duration_ms, wait_till, retry_of)
    SELECT gen_random_uuid(), ${environmentId}::uuid, seen.id, "workflowId", workflows.name, status, mode, "startedAt",
      coalesce("startedAt", now()), "stoppedAt",
      least(2147483647, extract(epoch FROM "stoppedAt" - "startedAt") * 1000)::int, "waitTill", "retryOf"
    FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) AS seen(id bigint, "workflowId" text, status text, mode text,
      "startedAt" timestamptz, "stoppedAt" timestamptz, "waitTill" timestamptz, "retryOf" text)
    LEFT JOIN workflows ON workflows.environment_id = ${environmentId}::uuid AND workflows.n8n_id = "workflowId"
    WHERE ${since}::timestamptz IS NULL OR coalesce("startedAt", now()) >= ${since} OR status = ANY(${[...OPEN]})
      OR EXISTS (SELECT FROM executions AS here WHERE here.environment_id = ${environmentId}::uuid AND here.n8n_id = seen.id)
    ON CONFLICT (tenant_id, environment_id, n8n_id) DO UPDATE SET workflow_n8n_id = excluded.workflow_n8n_id,
      workflow_name = CASE WHEN executions.workflow_n8n_id = excluded.workflow_n8n_id
        THEN coalesce(executions.workflow_name, excluded.workflow_name) ELSE excluded.workflow_name END,
      status = excluded.status, mode = excluded.mode, retry_of = excluded.retry_of, started_at = excluded.started_at, ordered_at = coalesce(excluded.started_at, executions.ordered_at),
      stopped_at = excluded.stopped_at, duration_ms = excluded.duration_ms, wait_till = excluded.wait_till
    WHERE (executions.workflow_n8n_id, executions.status, executions.started_at, executions.stopped_at, executions.wait_till)
      IS DISTINCT FROM (excluded.workflow_n8n_id, excluded.status, excluded.started_at, excluded.stopped_at, excluded.wait_till)`;
}

/** n8n's ids of the runs that were open when last seen, the newest first. */
export async function openExecutions(db: TenantDb, environmentId: string, limit: number): Promise<string[]> {
  const rows = await db.execution.findMany({
    where: { environmentId, status: { in: [...OPEN] } },
    orderBy: { n8nId: 'desc' },
    take: limit,
    select: { n8nId: true },
  });
  return rows.map(({ n8nId }) => n8nId.toString());
}

/** For a run that was open and that the instance has pruned since: how it ended cannot be known any more. */
export const markUnknown = (db: TenantDb, environmentId: string, n8nIds: readonly string[]) =>
  db.execution.updateMany({
    where: { environmentId, n8nId: { in: n8nIds.map(BigInt) }, status: { in: [...OPEN] } },
    data: { status: 'unknown' satisfies ExecutionStatus },
  });

export const countExecutions = (db: TenantDb, environmentId: string) =>
  db.execution.count({ where: { environmentId } });
