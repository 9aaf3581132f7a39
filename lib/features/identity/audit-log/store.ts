import type { z } from 'zod';
import { literally } from '@/lib/core/text';
import type { Transaction } from '@/lib/kernel/db/database';
import type { AuditEvent as Row } from '@/lib/kernel/db/generated/client';
import type { AuditEntry, AuditFilters, AuditPage, AuditValues, ListAudit } from './schema';

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
  const text = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
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

/** Goes from value to value through the index, so that it costs as much as there are values, not entries. */
export async function listValues(db: Transaction): Promise<AuditValues> {
  const actions = await db.$queryRaw<{ action: string }[]>`
    WITH RECURSIVE found AS (
      (SELECT action FROM audit_events ORDER BY action LIMIT 1)
      UNION ALL
      SELECT (SELECT action FROM audit_events WHERE action > found.action ORDER BY action LIMIT 1)
      FROM found WHERE found.action IS NOT NULL)
    SELECT action FROM found WHERE action IS NOT NULL`;
  const actors = await db.$queryRaw<AuditValues['actors']>`
    WITH RECURSIVE found AS (
      (SELECT actor_id AS id FROM audit_events WHERE actor_id IS NOT NULL ORDER BY actor_id LIMIT 1)
      UNION ALL
      SELECT (SELECT actor_id FROM audit_events WHERE actor_id > found.id ORDER BY actor_id LIMIT 1)
      FROM found WHERE found.id IS NOT NULL)
    SELECT newest.* FROM found CROSS JOIN LATERAL (
      SELECT actor_type AS type, actor_id AS id, actor_label AS label FROM audit_events
      WHERE actor_id = found.id ORDER BY seq DESC LIMIT 1) AS newest
    ORDER BY newest.label, newest.id`;
  return { actions: actions.map(({ action }) => action), actors };
}
