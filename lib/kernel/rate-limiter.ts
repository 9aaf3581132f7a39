import { rateLimited, upstream } from '@/lib/core/errors';
import type { Client } from './context';
import type { Database, Transaction } from './db/database';
import type { Logger } from './logger';
import { createOpenStreams } from './open-streams';
import type { RateClass } from './operation';
import type { Principal } from './principal';

const MINUTE_MS = 60_000;

type Counted = Exclude<RateClass, 'sign-in'>;
/** Per window of one minute. */
const PER_ACTOR: Record<Counted, number> = { default: 600, expensive: 30 };
const PER_TENANT = 3_000;
const ANONYMOUS_PER_ADDRESS = 120;
const SIGN_IN = { limit: 5, windowMs: 15 * MINUTE_MS };

/** For the document: how often an operation of a class may be called. */
export function tellRateLimit(rateClass: RateClass, isPublic: boolean): string {
  if (rateClass === 'sign-in') {
    return `at most ${SIGN_IN.limit} attempts in ${SIGN_IN.windowMs / MINUTE_MS} minutes for each account and address`;
  }
  const own = `${PER_ACTOR[rateClass]} requests a minute for each person or key`;
  return isPublic ? `at most ${own}, ${ANONYMOUS_PER_ADDRESS} for each address of nobody known` : `at most ${own}`;
}
const SETTLE_MS = 1_000;

export type RateState = { limit: number; remaining: number; resetSeconds: number };

/**
 * Counts in this process and settles the counts with PostgreSQL every second, so that all processes share one limit
 * without a round trip per request. Sign-in attempts go to the database at once and fail closed.
 */
export interface RateLimiter {
  /** Throws `rate_limited`. */
  consume(principal: Principal, client: Client, rateClass: RateClass): Promise<void>;
  /** One attempt to sign in as `account` from `client`; throws `rate_limited` after five in a quarter of an hour. */
  consumeSignIn(account: string, client: Client): Promise<void>;
  /** One place among the streams that may be open at once; returns how to give it back. Throws `rate_limited`. */
  openStream(principal: Principal): () => void;
  /** What the headers tell the caller: the count that ends first. Null for `sign-in`, which counts by the account. */
  state(principal: Principal, client: Client, rateClass: RateClass): RateState | null;
  /** Settles what was counted; from then on nothing is written. To be called before the database is closed. */
  close(): Promise<void>;
}

type Counter = { shared: number; unsettled: number };

export function createRateLimiter(database: Database, log: Logger, now: () => number = Date.now): RateLimiter {
  let windowStart = 0;
  let counters = new Map<string, Counter>();
  let settling: Promise<void> = Promise.resolve();

  const counter = (key: string): Counter => {
    const start = Math.floor(now() / MINUTE_MS) * MINUTE_MS;
    if (start !== windowStart) {
      windowStart = start;
      counters = new Map();
    }
    const entry = counters.get(key) ?? { shared: 0, unsettled: 0 };
    counters.set(key, entry);
    return entry;
  };
  const used = (key: string) => counter(key).shared + counter(key).unsettled;
  const secondsLeft = () => Math.max(1, Math.ceil((windowStart + MINUTE_MS - now()) / 1000));

  const settle = async () => {
    const window = new Date(windowStart);
    const settled = [...counters].filter(([, entry]) => entry.unsettled > 0);
    for (const [key, entry] of settled) {
      const amount = entry.unsettled;
      const total = await increment(database, key, window, amount, 2 * MINUTE_MS);
      entry.shared = total;
      entry.unsettled -= amount;
    }
  };
  const settleNext = () => {
    settling = settling.then(settle).catch((error) => log.warn({ error }, 'rate limits were not settled'));
    return settling;
  };
  const timer = setInterval(settleNext, SETTLE_MS);
  timer.unref();

  const hit = (key: string, limit: number) => {
    const entry = counter(key);
    if (entry.shared + entry.unsettled >= limit) {
      throw rateLimited(`More than ${limit} requests in a minute. Wait ${secondsLeft()} s.`, secondsLeft());
    }
    entry.unsettled += 1;
  };

  return {
    async consume(principal, client, rateClass) {
      if (rateClass === 'sign-in') return;
      for (const [key, limit] of buckets(principal, client, rateClass)) hit(key, limit);
    },
    async consumeSignIn(account, client) {
      const windowAt = new Date(Math.floor(now() / SIGN_IN.windowMs) * SIGN_IN.windowMs);
      const key = `sign-in:${account.toLowerCase()}|${client.ip ?? ''}`;
      const count = await increment(database, key, windowAt, 1, 2 * SIGN_IN.windowMs).catch((cause) => {
        throw upstream('Signing in is not possible while the database is away.', { status: 503, cause });
      });
      if (count <= SIGN_IN.limit) return;
      const wait = Math.ceil((windowAt.getTime() + SIGN_IN.windowMs - now()) / 1000);
      throw rateLimited(`Too many attempts. Wait ${Math.ceil(wait / 60)} min, or reset the password.`, wait);
    },
    openStream: createOpenStreams(),
    state(principal, client, rateClass) {
      if (rateClass === 'sign-in') return null;
      const states = buckets(principal, client, rateClass).map(([key, limit]) => ({
        ...{ limit, remaining: Math.max(0, limit - used(key)) },
        resetSeconds: secondsLeft(),
      }));
      return states.reduce((least, one) => (one.remaining < least.remaining ? one : least));
    },
    close() {
      clearInterval(timer);
      return settleNext();
    },
  };
}

type Bucket = [key: string, limit: number];

/** The caller's own, and the organisation's. */
function buckets({ actor, tenant }: Principal, client: Client, rateClass: Counted): Bucket[] {
  if (actor.type === 'anonymous') return [[`address:${client.ip ?? 'unknown'}`, ANONYMOUS_PER_ADDRESS]];
  const own: Bucket = [`${rateClass}:${actor.type}:${actor.id}`, PER_ACTOR[rateClass]];
  return tenant ? [own, [`tenant:${tenant.id}`, PER_TENANT]] : [own];
}

async function increment(database: Database, key: string, windowAt: Date, by: number, keepMs: number): Promise<number> {
  const rows = await database.asPlatform(
    (db) => db.$queryRaw<{ count: number }[]>`
      INSERT INTO rate_limits (key, window_at, count, expires_at)
      VALUES (${key}, ${windowAt}, ${by}, ${new Date(windowAt.getTime() + keepMs)})
      ON CONFLICT (key, window_at) DO UPDATE SET count = rate_limits.count + ${by}
      RETURNING count`,
  );
  return rows[0]!.count;
}

/** Removes windows that have passed. */
export const pruneRateLimits = (db: Transaction) =>
  db.rateLimit.deleteMany({ where: { expiresAt: { lt: new Date() } } });
