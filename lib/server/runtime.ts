import { join } from 'node:path';
import { createEgress, type EgressPolicy } from '@/lib/adapters/egress';
import { createLocalStore } from '@/lib/adapters/git';
import { createMailer } from '@/lib/adapters/mail';
import { n8nProvider } from '@/lib/adapters/n8n';
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
const POSTGRES_PORT = 5432;
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
  const { MASTER_KEY, SMTP_URL, MAIL_FROM, DATA_DIR, PATH } = env();
  const providers = [n8nProvider({ egress: createEgress(egressPolicy()) })];
  return {
    site: siteOf(env()),
    vault: createVault(MASTER_KEY),
    approvedStore: createLocalStore({ folder: join(DATA_DIR, 'git'), searchPath: PATH }),
    mailer: SMTP_URL ? createMailer({ url: SMTP_URL, from: MAIL_FROM }) : null,
    providers: new Map(providers.map((kind) => [kind.type, kind])),
  };
}

/** No tenant reaches our own database, whatever else the operator allows. */
function egressPolicy(): EgressPolicy {
  const { egress, EGRESS_ALLOWED_HOSTS, EGRESS_ALLOWED_CIDRS, databaseUrl } = env();
  const { hostname, port } = new URL(databaseUrl);
  return {
    mode: egress,
    allowedHosts: EGRESS_ALLOWED_HOSTS,
    allowedCidrs: EGRESS_ALLOWED_CIDRS,
    denied: [{ host: hostname, port: Number(port) || POSTGRES_PORT }],
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
