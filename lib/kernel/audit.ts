import { createHash, randomUUID } from 'node:crypto';
import type { Transaction } from './db/database';
import type { Actor } from './principal';

export type AuditOutcome = 'succeeded' | 'failed' | 'intended' | 'denied';

/** What a slice says about its change; who, when and the request are added by the kernel. */
export type AuditEntry = {
  action: string;
  outcome?: AuditOutcome;
  target?: { type: string; id: string; label?: string };
  /** Small, flat, free of secrets. */
  details?: Record<string, unknown>;
};

export type AuditAuthor = { actor: Actor; requestId: string };

/** The chain of what belongs to no tenant: platform administration, accounts. */
export const PLATFORM_CHAIN = '00000000-0000-0000-0000-000000000000';
export const GENESIS_HASH = '0'.repeat(64);

export type AuditRow = {
  tenantId: string;
  seq: bigint;
  id: string;
  at: Date;
  actorType: string;
  actorId: string | null;
  actorLabel: string;
  action: string;
  outcome: string;
  targetType: string | null;
  targetId: string | null;
  targetLabel: string | null;
  details: unknown;
  requestId: string;
  prevHash: string;
};

/** sha256 over the previous hash and every field in a fixed order; a change of any of them breaks the chain. */
export function auditHash(row: AuditRow): string {
  // biome-ignore format: the order is the format
  const fields = [
    row.tenantId, row.seq.toString(), row.id, row.at.toISOString(), row.actorType, row.actorId, row.actorLabel,
    row.action, row.outcome, row.targetType, row.targetId, row.targetLabel, sorted(row.details), row.requestId,
  ];
  return createHash('sha256').update(row.prevHash).update(JSON.stringify(fields)).digest('hex');
}

/** jsonb forgets key order, so the hash must not depend on it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

/**
 * Appends to the chain of `tenantId`. The head row's lock orders concurrent writers, so this must be the last thing a
 * transaction does.
 */
export async function appendAudit(
  db: Transaction,
  tenantId: string,
  author: AuditAuthor,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await db.$executeRaw`INSERT INTO audit_heads (tenant_id, seq, hash) VALUES (${tenantId}::uuid, 0, ${GENESIS_HASH}) ON CONFLICT DO NOTHING`;
  const heads = await db.$queryRaw<{ seq: bigint; hash: string }[]>`
    SELECT seq, hash FROM audit_heads WHERE tenant_id = ${tenantId}::uuid FOR UPDATE`;
  let { seq, hash } = heads[0]!;
  const rows = entries.map((entry) => {
    seq += 1n;
    const row = toRow(tenantId, seq, hash, author, entry);
    hash = auditHash(row);
    return { ...row, details: row.details as object, hash };
  });
  await db.auditEvent.createMany({ data: rows });
  await db.$executeRaw`UPDATE audit_heads SET seq = ${seq}, hash = ${hash} WHERE tenant_id = ${tenantId}::uuid`;
}

function toRow(tenantId: string, seq: bigint, prevHash: string, author: AuditAuthor, entry: AuditEntry): AuditRow {
  return {
    tenantId,
    seq,
    id: randomUUID(),
    at: new Date(),
    actorType: author.actor.type,
    actorId: author.actor.id,
    actorLabel: author.actor.label,
    action: entry.action,
    outcome: entry.outcome ?? 'succeeded',
    targetType: entry.target?.type ?? null,
    targetId: entry.target?.id ?? null,
    targetLabel: entry.target?.label ?? null,
    // Through JSON once, so that what is hashed is what jsonb will give back.
    details: JSON.parse(JSON.stringify(entry.details ?? {})),
    requestId: author.requestId,
    prevHash,
  };
}
