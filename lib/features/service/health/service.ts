import { upstream } from '@/lib/core/errors';
import type { Transaction } from '@/lib/kernel/db/database';
import { LATEST_MIGRATION } from '@/lib/kernel/db/latest-migration';
import type { PlatformAccess } from '@/lib/kernel/platform-access';
import type { Checks } from './schema';

/** Work that waits longer than this is taken up by nobody, seconds. */
const MAX_WAIT = 120;

const failed = (detail: string) => ({ ok: false, detail });

/** Looks at everything a request or a job needs. Throws `upstream` (503) that names what is wrong, and no more than that. */
export async function assertHealthy(platform: PlatformAccess): Promise<Checks> {
  const checks = await look(platform);
  const wrong = Object.entries(checks).filter(([, { ok }]) => !ok);
  if (wrong.length === 0) return checks;
  const errors = wrong.map(([path, { detail }]) => ({ path, message: detail }));
  const detail = `Not ready: ${wrong.map(([name]) => name).join(', ')}.`;
  throw upstream(detail, { code: 'not_ready', status: 503, retryAfter: 5, errors });
}

async function look(platform: PlatformAccess): Promise<Checks> {
  const started = performance.now();
  try {
    return await platform.tx(async (db) => ({
      migrations: await migrations(db),
      queue: await queue(db),
      database: { ok: true, detail: `answered in ${Math.round(performance.now() - started)} ms` },
    }));
  } catch {
    const unknown = failed('unknown while the database is away');
    return { database: failed('did not answer'), migrations: unknown, queue: unknown };
  }
}

async function migrations(db: Transaction): Promise<Checks['migrations']> {
  const [table] = await db.$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS exists`;
  if (!table?.exists) return failed('no migration has run');
  const rows = await db.$queryRaw<{ name: string; done: boolean }[]>`
    SELECT migration_name AS name, finished_at IS NOT NULL AS done FROM _prisma_migrations
    WHERE rolled_back_at IS NULL ORDER BY migration_name DESC LIMIT 1`;
  const head = rows[0];
  if (head?.name === LATEST_MIGRATION && head.done) return { ok: true, detail: `at ${head.name}` };
  return failed('the database is at another version than this program');
}

/** Jobs are rows first, so what shows that workers work is that none waits for long. */
async function queue(db: Transaction): Promise<Checks['queue']> {
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT coalesce(max(extract(epoch FROM now() - run_after)), 0)::int AS waiting
    FROM background_jobs WHERE status = 'pending' AND run_after <= now() AND cancel_requested_at IS NULL`;
  const waiting = row?.waiting ?? 0;
  const detail = waiting > 0 ? `the oldest job waits for ${waiting} s` : 'no job waits';
  return { ok: waiting <= MAX_WAIT, detail };
}
