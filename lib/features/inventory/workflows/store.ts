import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Workflow as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Complexity, TriggerKind } from './model';
import type { ListWorkflows, Workflow } from './schema';

/** With its environment, whose last complete reading is also the last sight of every present row. */
export const WITH_ENVIRONMENT = { environment: { select: { ...REF, syncedAt: true } } } as const;
export type WorkflowRow = Row & {
  environment: {
    id: string;
    name: string;
    slug: string;
    class: 'dev' | 'staging' | 'production';
    syncedAt: Date | null;
  };
};

export const toWorkflow = (row: WorkflowRow): Workflow => ({
  id: row.id,
  environment: toRef(row.environment),
  n8nId: row.n8nId,
  name: row.name,
  active: row.active,
  archived: row.archived,
  presence: row.presence,
  missingSince: row.missingSince?.toISOString() ?? null,
  unpublishedChanges: row.unpublishedChanges,
  tags: row.tags,
  nodeCount: row.nodeCount,
  triggers: row.triggers as TriggerKind[],
  complexity: row.complexity as Complexity,
  problemCount: (row.problems as unknown[]).length,
  n8nCreatedAt: row.n8nCreatedAt?.toISOString() ?? null,
  n8nUpdatedAt: row.n8nUpdatedAt?.toISOString() ?? null,
  seenAt: lastSeen(row).toISOString(),
  version: row.version,
});

function lastSeen({ presence, seenAt, environment: { syncedAt } }: WorkflowRow): Date {
  return presence === 'present' && syncedAt && syncedAt > seenAt ? syncedAt : seenAt;
}

/** A search text as LIKE means it: what it holds is looked for as it is. */
export const literally = (search: string): string => search.replace(/[\\%_]/g, '\\$&');

export async function listWorkflowRows(db: TenantDb, query: z.output<typeof ListWorkflows>): Promise<Page<Workflow>> {
  const { search, environmentId, active, tag, trigger, presence, archived, unpublishedChanges } = query;
  const where = {
    environmentId,
    active,
    presence,
    unpublishedChanges,
    archived: archived === 'all' ? undefined : archived,
    tags: tag ? { has: tag } : undefined,
    triggers: trigger ? { has: trigger } : undefined,
    ...(search
      ? { OR: [{ name: { contains: literally(search), mode: 'insensitive' as const } }, { n8nId: search }] }
      : {}),
  };
  const rows = await db.workflow.findMany({ where, include: WITH_ENVIRONMENT, ...toSlice(query) });
  return toPage(rows.map(toWorkflow), await db.workflow.count({ where }), query);
}

export async function getWorkflowRow(db: TenantDb, id: string): Promise<WorkflowRow> {
  const row = await db.workflow.findUnique({ where: { id }, include: WITH_ENVIRONMENT });
  if (!row) throw notFound('workflow');
  return row;
}

export async function findWorkflowRow(db: TenantDb, environmentId: string, n8nId: string): Promise<WorkflowRow> {
  const row = await db.workflow.findFirst({ where: { environmentId, n8nId }, include: WITH_ENVIRONMENT });
  if (!row) throw notFound('workflow');
  return row;
}

export async function getBody(db: TenantDb, workflowId: string) {
  const body = await db.workflowBody.findUnique({ where: { workflowId } });
  if (!body) throw notFound('workflow');
  return { draft: body.draft as object, published: body.published as object | null };
}
