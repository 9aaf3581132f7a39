import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Execution as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { getWorkflowRow } from '../workflows/store';
import { decodeCursor, encodeCursor } from './cursor';
import type { Execution, ExecutionPage, ListExecutions } from './schema';

const WITH_ENVIRONMENT = { environment: { select: { ...REF, baseUrl: true } } } as const;
export type ExecutionRow = Row & { environment: Parameters<typeof toRef>[0] & { baseUrl: string } };
/** Counting further costs more than the number tells. */
const COUNTED = 10_000;

const toExecution = (row: ExecutionRow, workflow: { id: string; name: string } | undefined): Execution => ({
  id: row.id,
  environment: toRef(row.environment),
  n8nId: row.n8nId.toString(),
  workflowId: workflow?.id ?? null,
  workflowN8nId: row.workflowN8nId,
  workflowName: workflow?.name ?? row.workflowName,
  status: row.status as Execution['status'],
  mode: row.mode,
  startedAt: row.startedAt?.toISOString() ?? null,
  stoppedAt: row.stoppedAt?.toISOString() ?? null,
  durationMs: row.durationMs,
  waitTill: row.waitTill?.toISOString() ?? null,
  retryOf: row.retryOf,
});

/** The workflows that ran, by environment and n8n's id; a run of one that was never seen has none. */
export async function withWorkflows(db: TenantDb, rows: readonly ExecutionRow[]): Promise<Execution[]> {
  const key = (environmentId: string, n8nId: string) => `${environmentId} ${n8nId}`;
  const workflows = await db.workflow.findMany({
    where: {
      environmentId: { in: [...new Set(rows.map(({ environmentId }) => environmentId))] },
      n8nId: { in: [...new Set(rows.map(({ workflowN8nId }) => workflowN8nId))] },
    },
    select: { id: true, name: true, environmentId: true, n8nId: true },
  });
  const byKey = new Map(workflows.map((one) => [key(one.environmentId, one.n8nId), one]));
  return rows.map((row) => toExecution(row, byKey.get(key(row.environmentId, row.workflowN8nId))));
}

type Query = z.output<typeof ListExecutions>;

export async function listExecutionRows(db: TenantDb, query: Query): Promise<z.infer<typeof ExecutionPage>> {
  const { cursor, page, pageSize, sort } = query;
  const direction = sort.startsWith('-') ? ('desc' as const) : ('asc' as const);
  const where = await whereOf(db, query);
  const rows = await db.execution.findMany({
    where: cursor ? { AND: [where, behind(cursor, direction)] } : where,
    include: WITH_ENVIRONMENT,
    orderBy: [{ orderedAt: direction }, { id: direction }],
    skip: cursor ? 0 : (page - 1) * pageSize,
    take: pageSize + 1,
  });
  const items = rows.slice(0, pageSize);
  const last = items.at(-1);
  const hasMore = rows.length > pageSize;
  const counted = await db.execution.count({ where, take: COUNTED + 1 });
  const total = counted > COUNTED ? null : counted;
  return {
    items: await withWorkflows(db, items),
    total,
    page,
    pageSize,
    totalPages: total === null ? null : Math.ceil(total / pageSize),
    hasMore,
    nextCursor: hasMore && last ? encodeCursor({ at: last.orderedAt, id: last.id }) : null,
  };
}

async function whereOf(db: TenantDb, { search, status, environmentId, workflowId, from, to }: Query) {
  const workflow = workflowId ? await getWorkflowRow(db, workflowId, 'workflowId') : null;
  return {
    status,
    // A workflow stands in one environment; naming another beside it finds nothing.
    AND: [{ environmentId }, workflow ? { environmentId: workflow.environmentId, workflowN8nId: workflow.n8nId } : {}],
    orderedAt: from || to ? { gte: from, lt: to } : undefined,
    workflowName: search ? { contains: literally(search), mode: 'insensitive' as const } : undefined,
  };
}

function behind(cursor: string, direction: 'asc' | 'desc') {
  const { at, id } = decodeCursor(cursor);
  return direction === 'desc'
    ? { orderedAt: { lte: at }, OR: [{ orderedAt: { lt: at } }, { id: { lt: id } }] }
    : { orderedAt: { gte: at }, OR: [{ orderedAt: { gt: at } }, { id: { gt: id } }] };
}

export async function getExecutionRow(db: TenantDb, id: string): Promise<ExecutionRow> {
  const row = await db.execution.findUnique({ where: { id }, include: WITH_ENVIRONMENT });
  if (!row) throw notFound('execution');
  return row;
}
