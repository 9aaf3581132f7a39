import type { Database, Transaction } from './db/database';
import type { Logger } from './logger';

/** One event as it leaves the outbox. `id` is its place in commit order and what `Last-Event-ID` carries. */
export type FeedEvent = {
  id: string;
  tenantId: string;
  type: string;
  subject: string | null;
  payload: unknown;
};

type Listener = (event: FeedEvent) => void;
type Row = { xid: bigint; id: bigint; tenant_id: string; type: string; subject: string | null; payload: unknown };
type Position = { xid: bigint; id: bigint };

const POLL_MS = 300;
const BATCH = 500;
/** A browser that was away longer starts afresh: it refetches instead of replaying. */
const MAX_REPLAY = 1_000;
const KEEP_MS = 24 * 3_600_000;

/** The one poller of a process: reads the outbox while anybody listens, and fans out by tenant. */
export interface OutboxFeed {
  /** Events from now on. Returns the way to stop. */
  subscribe(tenantId: string, listener: Listener): () => void;
  /** What came after `lastEventId`; null when that is too long ago to tell. */
  since(tenantId: string, lastEventId: string): Promise<FeedEvent[] | null>;
  close(): void;
}

export function createOutboxFeed(database: Database, log: Logger): OutboxFeed {
  const listeners = new Map<string, Set<Listener>>();
  let position: Position | null = null;
  let timer: NodeJS.Timeout | undefined;
  let polling = false;

  const poll = async () => {
    if (polling) return;
    polling = true;
    try {
      position ??= await horizon(database);
      const rows = await readAfter(database, position, BATCH);
      for (const row of rows) {
        position = { xid: row.xid, id: row.id };
        for (const listener of listeners.get(row.tenant_id) ?? []) listener(toEvent(row));
      }
    } catch (error) {
      log.warn({ error }, 'the outbox could not be read; trying again');
    } finally {
      polling = false;
    }
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    position = null;
  };

  return {
    subscribe(tenantId, listener) {
      const set = listeners.get(tenantId) ?? new Set();
      listeners.set(tenantId, set.add(listener));
      if (!timer) {
        timer = setInterval(poll, POLL_MS);
        timer.unref();
        void poll();
      }
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(tenantId);
        if (listeners.size === 0) stop();
      };
    },
    async since(tenantId, lastEventId) {
      const after = parsePosition(lastEventId);
      // What stood between is gone when the event itself was cleaned away.
      if (!after || !(await isKept(database, after, tenantId))) return null;
      const rows = await readAfter(database, after, MAX_REPLAY + 1, tenantId);
      return rows.length > MAX_REPLAY ? null : rows.map(toEvent);
    },
    close: stop,
  };
}

const toEvent = (row: Row): FeedEvent => ({
  id: `${row.xid}-${row.id}`,
  tenantId: row.tenant_id,
  type: row.type,
  subject: row.subject,
  payload: row.payload,
});

/** 18 digits are below the largest bigint, and above every id there will be. */
function parsePosition(text: string): Position | null {
  const match = /^(\d{1,18})-(\d{1,18})$/.exec(text);
  return match ? { xid: BigInt(match[1]!), id: BigInt(match[2]!) } : null;
}

/** Everything committed so far; what comes later is new. */
async function horizon(database: Database): Promise<Position> {
  const rows = await database.asPlatform(
    (db) => db.$queryRaw<{ xid: bigint }[]>`SELECT (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint - 1 AS xid`,
  );
  return { xid: rows[0]!.xid, id: 9_223_372_036_854_775_807n };
}

/** In (xid, id) order and below the oldest running transaction, so that nothing can still appear in between. */
function readAfter(database: Database, after: Position, limit: number, tenantId?: string): Promise<Row[]> {
  return database.asPlatform(
    (db) => db.$queryRaw<Row[]>`
      SELECT xid, id, tenant_id, type, subject, payload FROM outbox_events
      WHERE (xid, id) > (${after.xid}, ${after.id})
        AND xid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
        AND (${tenantId ?? null}::uuid IS NULL OR tenant_id = ${tenantId ?? null}::uuid)
      ORDER BY xid, id LIMIT ${limit}`,
  );
}

async function isKept(database: Database, { xid, id }: Position, tenantId: string): Promise<boolean> {
  return (await database.asPlatform((db) => db.outboxEvent.count({ where: { id, xid, tenantId } }))) > 0;
}

/** Removes events that no browser will ask for any more. */
export const pruneOutbox = (db: Transaction) =>
  db.outboxEvent.deleteMany({ where: { createdAt: { lt: new Date(Date.now() - KEEP_MS) } } });
