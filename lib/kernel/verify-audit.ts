import { auditHash, GENESIS_HASH } from './audit';
import type { Transaction } from './db/database';

/** `length` is how many links hold; `brokenAt` the first sequence number that does not follow from the one before. */
export type ChainVerdict = { intact: true; length: bigint } | { intact: false; length: bigint; brokenAt: bigint };

/** One short transaction: the tenant's own `ctx.tx`, or the platform's. */
type Read = <T>(work: (db: Transaction) => Promise<T>) => Promise<T>;

const BATCH = 1_000;

/**
 * Follows one chain from its start to its head. An edited, deleted, inserted or moved row breaks a hash or leaves a
 * hole; a cut tail no longer reaches the head. What rewrites rows and head alike shows only against a kept head.
 */
export async function verifyAuditChain(read: Read, tenantId: string): Promise<ChainVerdict> {
  const head = await read((db) => db.auditHead.findUnique({ where: { tenantId } }));
  const end = head?.seq ?? 0n;
  let seq = 0n;
  let hash = GENESIS_HASH;
  for (;;) {
    const rows = await read((db) =>
      // Only up to the head as it was read: what is appended meanwhile belongs to the next look.
      db.auditEvent.findMany({
        where: { tenantId, seq: { gt: seq, lte: end } },
        orderBy: { seq: 'asc' },
        take: BATCH,
      }),
    );
    for (const row of rows) {
      const follows = row.seq === seq + 1n && row.prevHash === hash && row.hash === auditHash(row);
      if (!follows) return { intact: false, length: seq, brokenAt: seq + 1n };
      seq = row.seq;
      hash = row.hash;
    }
    if (rows.length < BATCH) break;
  }
  const reachesHead = seq === end && hash === (head?.hash ?? GENESIS_HASH);
  return reachesHead && !(await hasRowsBeyondHead(read, tenantId))
    ? { intact: true, length: seq }
    : { intact: false, length: seq, brokenAt: seq + 1n };
}

/** In one statement, since the chain may grow at any moment. */
async function hasRowsBeyondHead(read: Read, tenantId: string): Promise<boolean> {
  const rows = await read(
    (db) => db.$queryRaw<{ beyond: boolean }[]>`
      SELECT EXISTS (SELECT FROM audit_events e WHERE e.tenant_id = ${tenantId}::uuid
        AND e.seq > coalesce((SELECT seq FROM audit_heads h WHERE h.tenant_id = e.tenant_id), 0)) AS beyond`,
  );
  return rows[0]!.beyond;
}
