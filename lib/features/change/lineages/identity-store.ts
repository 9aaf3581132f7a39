import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Prisma } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { IDENTITY_STATUSES, type IdentityStatus, identityStatus } from './model';
import type { IdentitySummary, ListIdentities, WorkflowIdentity } from './schema';
import { getLineageRow, toLineage, toLineageRef } from './store';

/** What a workflow's identity is read from. */
export const IDENTIFIED = {
  id: true,
  n8nId: true,
  name: true,
  active: true,
  archived: true,
  presence: true,
  environment: { select: REF },
  link: { include: { lineage: true } },
  _count: {
    select: { suggestions: { where: { status: 'open' } }, suggestedFor: { where: { status: 'open' } } },
  },
} as const satisfies Prisma.WorkflowSelect;
export type IdentifiedRow = Prisma.WorkflowGetPayload<{ select: typeof IDENTIFIED }>;

export const toIdentity = ({ id, environment, link, presence, _count, ...row }: IdentifiedRow): WorkflowIdentity => ({
  workflowId: id,
  n8nId: row.n8nId,
  name: row.name,
  active: row.active,
  archived: row.archived,
  environment: toRef(environment),
  status: identityStatus(link?.status ?? null, presence),
  lineage: link?.lineage ? toLineageRef(link.lineage) : null,
  decision: link && {
    method: link.method,
    reason: link.reason,
    actor: link.actor as { type: string; id: string | null; label: string },
    at: link.at.toISOString(),
  },
  driftClass: link?.driftClass ?? null,
  suggestions: _count.suggestions + _count.suggestedFor,
});

/** `path`: the field that named it. */
export async function getIdentified(db: TenantDb, id: string, path?: string): Promise<IdentifiedRow> {
  const row = await db.workflow.findUnique({ where: { id }, select: IDENTIFIED });
  if (!row) throw notFound('workflow', path);
  return row;
}

/** A lineage with its workflows, dev first. */
export async function describeLineage(db: TenantDb, id: string) {
  const row = await getLineageRow(db, id);
  const workflows = await db.workflow.findMany({
    where: { link: { lineageId: id } },
    select: IDENTIFIED,
    orderBy: [{ environment: { class: 'asc' } }, { environment: { createdAt: 'asc' } }, { id: 'asc' }],
  });
  return { ...toLineage(row), workflows: workflows.map(toIdentity) };
}

/** The rows of a status: the other way round of `identityStatus`. */
const OF_STATUS: Record<IdentityStatus, Prisma.WorkflowWhereInput> = {
  linked: { presence: 'present', link: { status: 'linked' } },
  missing: { presence: 'missing', link: { status: 'linked' } },
  ignored: { presence: 'present', link: { status: 'ignored' } },
  unmapped: { presence: 'present', OR: [{ link: null }, { link: { status: 'unlinked' } }] },
  deleted: { presence: 'missing', OR: [{ link: null }, { link: { status: { not: 'linked' } } }] },
};

export async function listIdentityRows(
  db: TenantDb,
  query: z.output<typeof ListIdentities>,
): Promise<Page<WorkflowIdentity>> {
  const { environmentId, status, lineageId, workflowId, search } = query;
  const name = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
  const where: Prisma.WorkflowWhereInput = {
    AND: [
      { id: workflowId, environmentId, name },
      status ? OF_STATUS[status] : {},
      lineageId ? { link: { lineageId } } : {},
    ],
  };
  const rows = await db.workflow.findMany({ where, select: IDENTIFIED, ...toSlice(query) });
  return toPage(rows.map(toIdentity), await db.workflow.count({ where }), query);
}

type Counted = {
  environmentId: string;
  status: 'linked' | 'unlinked' | 'ignored' | null;
  presence: 'present' | 'missing';
  count: number;
};

export async function summarizeIdentities(db: TenantDb): Promise<IdentitySummary> {
  const counted = await db.$queryRaw<Counted[]>`
    SELECT w.environment_id AS "environmentId", l.status, w.presence, count(*)::int AS count
    FROM workflows w LEFT JOIN workflow_links l ON l.workflow_id = w.id GROUP BY 1, 2, 3`;
  const environments = await db.environment.findMany({
    select: { ...REF, linkedAt: true },
    orderBy: [{ class: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });
  return {
    environments: environments.map(({ linkedAt, ...environment }) => {
      const own = counted.filter(({ environmentId }) => environmentId === environment.id);
      const of = (wanted: IdentityStatus) =>
        own
          .filter(({ status, presence }) => identityStatus(status, presence) === wanted)
          .reduce((sum, { count }) => sum + count, 0);
      const counts = Object.fromEntries(IDENTITY_STATUSES.map((status) => [status, of(status)]));
      return {
        environment: toRef(environment),
        counts: counts as Record<IdentityStatus, number>,
        linkedAt: linkedAt?.toISOString() ?? null,
      };
    }),
    openSuggestions: await db.linkSuggestion.count({ where: { status: 'open' } }),
  };
}
