import type { z } from 'zod';
import { toPage } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { getWorkflowRow } from '../workflows/store';
import { OPEN } from './model';
import type { ExecutionSummary, ExecutionSummaryPage, ListExecutionSummaries } from './schema';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
const FAILED = ['error', 'crashed'];

type Counted = {
  environment_id: string;
  workflow_n8n_id: string;
  workflow_id: string | null;
  workflow_name: string | null;
  total: number;
  succeeded: number;
  failed: number;
  open: number;
  average_ms: number | null;
  last_started_at: Date | null;
  last_failed_at: Date | null;
  groups: number;
};

/** Counts by workflow over a span, from the rows we kept. */
export async function summariseExecutions(
  db: TenantDb,
  query: z.output<typeof ListExecutionSummaries>,
): Promise<z.infer<typeof ExecutionSummaryPage>> {
  const { environmentId = null, workflowId, search, page, pageSize, sort } = query;
  const workflow = workflowId ? await getWorkflowRow(db, workflowId, 'workflowId') : null;
  const from = query.from ?? new Date(Date.now() - DEFAULT_DAYS * DAY_MS).toISOString();
  const to = query.to ?? null;
  const pattern = search ? `%${literally(search)}%` : null;
  const rows = await db.$queryRaw<Counted[]>`
    WITH counted AS (
      SELECT environment_id, workflow_n8n_id, max(workflow_name) AS workflow_name, count(*)::int AS total,
        (count(*) FILTER (WHERE status = 'success'))::int AS succeeded,
        (count(*) FILTER (WHERE status = ANY(${FAILED})))::int AS failed,
        (count(*) FILTER (WHERE status = ANY(${[...OPEN]})))::int AS open,
        avg(duration_ms)::float8 AS average_ms, max(started_at) AS last_started_at,
        max(started_at) FILTER (WHERE status = ANY(${FAILED})) AS last_failed_at
      FROM executions
      WHERE ordered_at >= ${from}::timestamptz AND (${to}::timestamptz IS NULL OR ordered_at < ${to}::timestamptz)
        AND (${environmentId}::uuid IS NULL OR environment_id = ${environmentId}::uuid)
        AND (${workflow?.n8nId ?? null}::text IS NULL OR (workflow_n8n_id = ${workflow?.n8nId ?? null}
          AND environment_id = ${workflow?.environmentId ?? null}::uuid))
      GROUP BY environment_id, workflow_n8n_id)
    SELECT counted.environment_id, workflow_n8n_id, workflows.id AS workflow_id,
      coalesce(workflows.name, workflow_name) AS workflow_name, total, succeeded, failed, open, average_ms,
      last_started_at, last_failed_at, (count(*) OVER ())::int AS groups
    FROM counted LEFT JOIN workflows
      ON workflows.environment_id = counted.environment_id AND workflows.n8n_id = workflow_n8n_id
    WHERE ${pattern}::text IS NULL OR coalesce(workflows.name, workflow_name) ILIKE ${pattern}
    ORDER BY CASE ${sort} WHEN '-total' THEN -total WHEN 'total' THEN total WHEN '-failed' THEN -failed
        WHEN 'failed' THEN failed WHEN '-lastStartedAt' THEN -extract(epoch FROM last_started_at)
        ELSE extract(epoch FROM last_started_at) END NULLS LAST, counted.environment_id, workflow_n8n_id
    LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`;
  const environments = await db.environment.findMany({ select: REF });
  const refs = new Map(environments.map((one) => [one.id, toRef(one)]));
  const items = rows.map((row) => toSummary(row, refs.get(row.environment_id)!));
  return toPage(items, rows[0]?.groups ?? 0, query);
}

const toSummary = (row: Counted, environment: ReturnType<typeof toRef>): z.infer<typeof ExecutionSummary> => ({
  environment,
  workflowId: row.workflow_id,
  workflowN8nId: row.workflow_n8n_id,
  workflowName: row.workflow_name,
  total: row.total,
  succeeded: row.succeeded,
  failed: row.failed,
  open: row.open,
  averageMs: row.average_ms,
  lastStartedAt: row.last_started_at?.toISOString() ?? null,
  lastFailedAt: row.last_failed_at?.toISOString() ?? null,
});
