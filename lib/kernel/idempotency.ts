import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, conflict, invalid } from '@/lib/core/errors';
import type { Database, Transaction } from './db/database';

/** A reply that can be given again. */
export type Reply = { status: number; body: unknown };

const KEEP_MS = 24 * 3_600_000;
/** A reply that is still missing after this long belongs to a process that died; the key may be tried again. */
const ABANDONED_MS = 120_000;

/** How long a repeat waits for the first request to end before it is told to come back. */
const WAIT_MS = 10_000;
const POLL_MS = 100;

/**
 * Runs `work` once per (scope, key): a repeat with the same body gets the first reply, also when it comes while the
 * first still runs; one with another body is refused. Failures are not kept.
 */
export async function once(
  database: Database,
  { scope, key, body, secret }: { scope: string; key: string; body: string; secret: boolean },
  work: () => Promise<Reply>,
  { waitMs = WAIT_MS } = {},
): Promise<Reply & { replayed: boolean }> {
  if (key.length < 1 || key.length > 128 || !/^[\x21-\x7e]+$/.test(key)) {
    throw invalid('Idempotency-Key takes 1 to 128 visible ASCII characters.', undefined, { status: 400 });
  }
  const requestHash = createHash('sha256').update(body).digest('hex');
  const earlier = await claimOrWait(database, { scope, key, requestHash, waitMs });
  if (earlier) return { ...replay(earlier, requestHash), replayed: true };
  const reply = await work().catch(async (error) => {
    // Nothing happened, or nobody knows what: the caller must be free to try again with the same key.
    await database.asPlatform((db) => db.idempotencyKey.deleteMany({ where: { scope, key } }));
    throw error;
  });
  // Outside of that catch: once the work is done, a repeat must not do it again.
  const kept = (secret ? { shownOnce: true } : (reply.body ?? undefined)) as object | undefined;
  await database.asPlatform((db) =>
    db.idempotencyKey.update({ where: { scope_key: { scope, key } }, data: { status: reply.status, body: kept } }),
  );
  return { ...reply, replayed: false };
}

/** Null when the key is ours to work on; else what stands under it, finished if that comes in time. */
async function claimOrWait(
  database: Database,
  { scope, key, requestHash, waitMs }: { scope: string; key: string; requestHash: string; waitMs: number },
): Promise<Stored | null> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const earlier = await claim(database, scope, key, requestHash);
    if (!earlier || earlier.status !== null || earlier.requestHash !== requestHash) return earlier;
    if (Date.now() >= deadline) return earlier;
    await sleep(POLL_MS * (0.5 + Math.random()));
  }
}

type Stored = { requestHash: string; status: number | null; body: unknown };

async function claim(database: Database, scope: string, key: string, requestHash: string): Promise<Stored | null> {
  return database.asPlatform(async (db) => {
    const now = Date.now();
    await db.idempotencyKey.deleteMany({
      where: {
        scope,
        key,
        OR: [
          { createdAt: { lt: new Date(now - KEEP_MS) } },
          { status: null, createdAt: { lt: new Date(now - ABANDONED_MS) } },
        ],
      },
    });
    const inserted = await db.$executeRaw`
      INSERT INTO idempotency_keys (scope, key, request_hash) VALUES (${scope}, ${key}, ${requestHash}) ON CONFLICT DO NOTHING`;
    if (inserted === 1) return null;
    return db.idempotencyKey.findUnique({ where: { scope_key: { scope, key } } });
  });
}

function replay(earlier: Stored, requestHash: string): Reply {
  if (earlier.requestHash !== requestHash) {
    throw invalid('This Idempotency-Key was used with another request.', undefined, { code: 'idempotency_key_reused' });
  }
  if (earlier.status === null) {
    throw new AppError('conflict', 'The first request with this Idempotency-Key still runs.', {
      code: 'idempotency_in_flight',
      retryAfter: 1,
    });
  }
  if ((earlier.body as { shownOnce?: boolean } | null)?.shownOnce) {
    throw conflict('This was done already, and its secret was shown once. Make a new one.', 'secret_shown_once');
  }
  return { status: earlier.status, body: earlier.body };
}

/** Forgets replies that no repeat will ask for any more. */
export const pruneIdempotencyKeys = (db: Transaction) =>
  db.idempotencyKey.deleteMany({ where: { createdAt: { lt: new Date(Date.now() - KEEP_MS) } } });
