import type { z } from 'zod';
import { conflict, notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import type { Prisma } from '@/lib/kernel/db/generated/client';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { IDENTIFIED, toIdentity } from './identity-store';
import type { LinkSuggestion, ListSuggestions } from './schema';

const WITH_PAIR = { workflow: { select: IDENTIFIED }, counterpart: { select: IDENTIFIED } } as const;
type Row = Prisma.LinkSuggestionGetPayload<{ include: typeof WITH_PAIR }>;

const toSuggestion = ({ workflow, counterpart, ...row }: Row): LinkSuggestion => ({
  id: row.id,
  workflow: toIdentity(workflow),
  counterpart: toIdentity(counterpart),
  score: row.score,
  reasons: row.reasons,
  status: row.status,
  comment: row.comment,
  decidedBy: row.decidedBy as LinkSuggestion['decidedBy'],
  decidedAt: row.decidedAt?.toISOString() ?? null,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
});

export async function listSuggestionRows(
  db: TenantDb,
  query: z.output<typeof ListSuggestions>,
): Promise<Page<LinkSuggestion>> {
  const { status, environmentId, workflowId, search } = query;
  const either = (side: Prisma.WorkflowWhereInput) => ({ OR: [{ workflow: side }, { counterpart: side }] });
  const where: Prisma.LinkSuggestionWhereInput = {
    status,
    AND: [
      environmentId ? either({ environmentId }) : {},
      workflowId ? either({ id: workflowId }) : {},
      search ? either({ name: { contains: literally(search), mode: 'insensitive' } }) : {},
    ],
  };
  const rows = await db.linkSuggestion.findMany({ where, include: WITH_PAIR, ...toSlice(query) });
  return toPage(rows.map(toSuggestion), await db.linkSuggestion.count({ where }), query);
}

export async function getSuggestion(db: TenantDb, id: string): Promise<LinkSuggestion> {
  const row = await db.linkSuggestion.findUnique({ where: { id }, include: WITH_PAIR });
  if (!row) throw notFound('suggestion');
  return toSuggestion(row);
}

/** Decides an open suggestion; of two people who decide at once, the second is told. */
export async function decideSuggestion(
  db: TenantDb,
  id: string,
  { status, comment, actor }: { status: 'accepted' | 'rejected'; comment?: string; actor: Actor },
): Promise<void> {
  const { count } = await db.linkSuggestion.updateMany({
    where: { id, status: 'open' },
    data: { status, comment: comment ?? null, decidedBy: actor, decidedAt: new Date(), version: { increment: 1 } },
  });
  if (count === 0) throw conflict('This suggestion is decided already.', 'already_decided');
}
