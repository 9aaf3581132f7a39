import { createMailer } from '@/lib/adapters/mail';
import { createVault } from '@/lib/adapters/vault';
import { env } from '@/lib/env';
import { openDatabase } from '@/lib/kernel/db/database';
import type { Worker } from '@/lib/kernel/jobs/worker';
import type { Kernel } from '@/lib/kernel/kernel';
import { createLogger } from '@/lib/kernel/logger';
import { createOutboxFeed } from '@/lib/kernel/outbox-feed';
import { createRateLimiter } from '@/lib/kernel/rate-limiter';
import type { Ports } from '@/lib/ports/ports';
import { JOBS } from './catalogue';
import { siteOf } from './site';

/**
 * The composition root: the only place where adapters meet ports. A Next build gives instrumentation, routes and pages
 * a copy of a module each, so the one instance of everything hangs on globalThis.
 */
const KEY = Symbol.for('n8nops');
type Runtime = { kernel: Kernel; worker: Worker | null };
const holder = globalThis as { [KEY]?: Runtime };

function createRuntime(): Runtime {
  const { databaseUrl, DATABASE_POOL, LOG_LEVEL } = env();
  const log = createLogger(LOG_LEVEL);
  const database = openDatabase(databaseUrl, { poolSize: DATABASE_POOL });
  const runtime: Runtime = {
    worker: null,
    kernel: {
      database,
      log,
      ports: createPorts(),
      rateLimiter: createRateLimiter(database, log),
      feed: createOutboxFeed(database, log),
      jobs: JOBS,
      wakeWorker: () => runtime.worker?.wake(),
    },
  };
  return runtime;
}

function createPorts(): Ports {
  const { MASTER_KEY, SMTP_URL, MAIL_FROM } = env();
  return {
    site: siteOf(env()),
    vault: createVault(MASTER_KEY),
    mailer: SMTP_URL ? createMailer({ url: SMTP_URL, from: MAIL_FROM }) : null,
    providers: new Map(),
  };
}

export function runtime(): Runtime {
  holder[KEY] ??= createRuntime();
  return holder[KEY];
}

/** Replaces the process-wide instance; for tests, which bring their own. */
export const setRuntime = (value: Runtime | undefined): void => {
  holder[KEY] = value;
};

export const kernel = (): Kernel => runtime().kernel;
