import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Workflow as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Complexity, TriggerKind } from './model';
import type { ListWorkflows, Workflow } from './schema';

/** An environment as a row shows it; its last complete reading is also the last sight of every present row. */
const ENVIRONMENT = { ...REF, syncedAt: true } as const;
export const WITH_ENVIRONMENT = { environment: { select: ENVIRONMENT } } as const;
/** What a list shows: the digests and the rest would double its cost. */
const LISTED = {
  id: true,
  environmentId: true,
  n8nId: true,
  name: true,
  active: true,
  archived: true,
  presence: true,
  missingSince: true,
  unpublishedChanges: true,
  tags: true,
  nodeCount: true,
  triggers: true,
  complexity: true,
  problems: true,
  n8nCreatedAt: true,
  n8nUpdatedAt: true,
  seenAt: true,
  version: true,
} as const;

type EnvironmentOfRow = {
  id: string;
  name: string;
  slug: string;
  class: 'dev' | 'staging' | 'production';
  syncedAt: Date | null;
};
type ListedRow = Pick<Row, keyof typeof LISTED> & { environment: EnvironmentOfRow };
export type WorkflowRow = Row & { environment: EnvironmentOfRow };

export const toWorkflow = (row: ListedRow): Workflow => ({
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

function lastSeen({ presence, seenAt, environment: { syncedAt } }: ListedRow): Date {
  return presence === 'present' && syncedAt && syncedAt > seenAt ? syncedAt : seenAt;
}

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
  const rows = await db.workflow.findMany({ where, select: LISTED, ...toSlice(query) });
  // Few, and read apart: joined to each row they cost half as much again.
  const environments = await db.environment.findMany({ select: ENVIRONMENT });
  const byId = new Map(environments.map((environment) => [environment.id, environment]));
  const items = rows.map((row) => toWorkflow({ ...row, environment: byId.get(row.environmentId)! }));
  return toPage(items, await db.workflow.count({ where }), query);
}

/** `path`: the field that named it. */
export async function getWorkflowRow(db: TenantDb, id: string, path?: string): Promise<WorkflowRow> {
  const row = await db.workflow.findUnique({ where: { id }, include: WITH_ENVIRONMENT });
  if (!row) throw notFound('workflow', path);
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
