import type { z } from 'zod';
import type { Transaction } from '@/lib/kernel/db/database';
import type { AuditEvent as Row } from '@/lib/kernel/db/generated/client';
import type { AuditEntry, AuditFilters, AuditPage, ListAudit } from './schema';

const toEntry = (row: Row): AuditEntry => ({
  id: row.id,
  seq: Number(row.seq),
  at: row.at.toISOString(),
  actor: { type: row.actorType, id: row.actorId, label: row.actorLabel },
  action: row.action,
  outcome: row.outcome as AuditEntry['outcome'],
  target: row.targetId ? { type: row.targetType ?? 'object', id: row.targetId, label: row.targetLabel } : null,
  details: row.details as Record<string, unknown>,
  requestId: row.requestId,
  hash: row.hash,
});

function toWhere({ search, from, to, ...equal }: AuditFilters) {
  const text = search ? { contains: search, mode: 'insensitive' as const } : undefined;
  return {
    ...equal,
    ...(from || to ? { at: { gte: from, lte: to } } : {}),
    ...(text ? { OR: [{ actorLabel: text }, { action: text }, { targetLabel: text }] } : {}),
  };
}

/** Entries before `cursor`, newest first; one chain at a time. */
export async function listEntries(
  db: Transaction,
  tenantId: string,
  { cursor, pageSize, ...filters }: z.output<typeof ListAudit>,
): Promise<z.input<typeof AuditPage>> {
  const before = cursor ? { seq: { lt: BigInt(cursor) } } : {};
  const rows = await db.auditEvent.findMany({
    where: { tenantId, ...toWhere(filters), ...before },
    orderBy: { seq: 'desc' },
    take: pageSize + 1,
  });
  const items = rows.slice(0, pageSize).map(toEntry);
  const hasMore = rows.length > pageSize;
  const nextCursor = hasMore ? items.at(-1)!.seq : null;
  return { items, total: null, page: null, pageSize, totalPages: null, hasMore, nextCursor };
}
