import { createHash } from 'node:crypto';
import { AppError, conflict, invalid } from '@/lib/core/errors';
import type { Database } from './db/database';

/** A reply that can be given again. */
export type Reply = { status: number; body: unknown };

const KEEP_MS = 24 * 3_600_000;
/** A reply that is still missing after this long belongs to a process that died; the key may be tried again. */
const ABANDONED_MS = 120_000;

/**
 * Runs `work` once per (scope, key): a repeat with the same body gets the first reply, one with another body is
 * refused, one that comes while the first still runs is told to wait. Failures that may pass are not kept.
 */
export async function once(
  database: Database,
  { scope, key, body, secret }: { scope: string; key: string; body: string; secret: boolean },
  work: () => Promise<Reply>,
): Promise<Reply & { replayed: boolean }> {
  if (key.length < 1 || key.length > 128 || !/^[\x21-\x7e]+$/.test(key)) {
    throw invalid('Idempotency-Key takes 1 to 128 visible ASCII characters.', undefined, { status: 400 });
  }
  const requestHash = createHash('sha256').update(body).digest('hex');
  const earlier = await claim(database, scope, key, requestHash);
  if (earlier) return { ...replay(earlier, requestHash), replayed: true };
  try {
    const reply = await work();
    await database.asPlatform((db) =>
      db.idempotencyKey.update({
        where: { scope_key: { scope, key } },
        data: { status: reply.status, body: (secret ? { shownOnce: true } : (reply.body ?? null)) as object },
      }),
    );
    return { ...reply, replayed: false };
  } catch (error) {
    // Nothing happened, or nobody knows what: the caller must be free to try again with the same key.
    await database.asPlatform((db) => db.idempotencyKey.deleteMany({ where: { scope, key } }));
    throw error;
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

export const pruneIdempotencyKeys = (database: Database) =>
  database.asPlatform((db) =>
    db.idempotencyKey.deleteMany({ where: { createdAt: { lt: new Date(Date.now() - KEEP_MS) } } }),
  );
