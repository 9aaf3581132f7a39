import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createLocalStore } from '@/lib/adapters/git';
import { createVault } from '@/lib/adapters/vault';
import { ROLE_PERMISSIONS, type Role } from '@/lib/core/permissions';
import { SELF_HOSTED } from '@/lib/core/plans';
import { mintApiKey } from '@/lib/features/identity/api-keys/secret';
import { startSession } from '@/lib/features/identity/sessions/service';
import { openDatabase } from '@/lib/kernel/db/database';
import type { Kernel } from '@/lib/kernel/kernel';
import { createLogger } from '@/lib/kernel/logger';
import type { AnyOperation } from '@/lib/kernel/operation';
import { createOutboxFeed } from '@/lib/kernel/outbox-feed';
import { ANONYMOUS, type Principal } from '@/lib/kernel/principal';
import { createRateLimiter } from '@/lib/kernel/rate-limiter';
import { JOBS } from '@/lib/server/catalogue';
import { resolvePrincipal } from '@/lib/server/principal';
import { setRuntime } from '@/lib/server/runtime';

/** What tests need in the environment; nothing here is worth keeping secret. */
export const TEST_ENV = {
  APP_ORIGIN: 'http://localhost:3000',
  SESSION_SECRET: 'x'.repeat(40),
  CRON_SECRET: 'y'.repeat(40),
  MASTER_KEY: randomBytes(32).toString('base64'),
  LOG_LEVEL: 'silent',
};

/** This test file's own; made by the first commit. */
const APPROVED_STATES = join(tmpdir(), `n8n-ops-test-git-${randomUUID()}`);

/** Everything a log line said, for tests that look for what must not be there. */
export const logged: string[] = [];

type HouseOptions = { ports?: Partial<Kernel['ports']>; databaseUrl?: string };

/** The whole product on the run's own PostgreSQL, without a server. Call once per test file. */
export function openHouse({ ports, databaseUrl = inject('databaseUrl') }: HouseOptions = {}): Kernel {
  for (const [name, value] of Object.entries(TEST_ENV)) process.env[name] ??= value;
  process.env.EMBEDDED_DATABASE_URL ??= inject('databaseUrl');
  const database = openDatabase(databaseUrl, { poolSize: 12 });
  const log = createLogger('debug', (line) => void logged.push(line));
  const kernel: Kernel = {
    database,
    log,
    ports: {
      site: { origin: TEST_ENV.APP_ORIGIN, signUp: 'open', providers: [], devLogin: false, initialPlan: SELF_HOSTED },
      vault: createVault([Buffer.from(process.env.MASTER_KEY!, 'base64')]),
      approvedStore: createLocalStore({ folder: APPROVED_STATES, searchPath: process.env.PATH! }),
      mailer: null,
      providers: new Map(),
      ...ports,
    },
    rateLimiter: createRateLimiter(database, log),
    feed: createOutboxFeed(database, log),
    jobs: JOBS,
    wakeWorker: () => {},
  };
  setRuntime({ kernel, worker: null });
  return kernel;
}

export async function closeHouse(kernel: Kernel): Promise<void> {
  kernel.feed.close();
  await kernel.rateLimiter.close();
  await kernel.database.close();
  await rm(APPROVED_STATES, { recursive: true, force: true });
  setRuntime(undefined);
}

export type Person = { id: string; email: string; sessionToken: string };
export type TestTenant = {
  id: string;
  slug: string;
  /** One person of each role, signed in. */
  people: Record<Role, Person>;
  /** A key of the admin's with every scope. */
  apiKey: string;
};

/** A tenant of the suite's own, so that nothing is shared and nothing needs wiping. */
export async function newTenant(kernel: Kernel, { plan = SELF_HOSTED } = {}): Promise<TestTenant> {
  const slug = `t-${randomUUID().slice(0, 13)}`;
  return kernel.database.asPlatform(async (db) => {
    const tenant = await db.tenant.create({
      data: { slug, name: `Tenant ${slug}`, planKey: plan, onboardedAt: new Date() },
    });
    const people = {} as Record<Role, Person>;
    for (const role of ['viewer', 'developer', 'admin'] as const) {
      const user = await db.user.create({ data: { email: `${role}@${slug}.test`, name: `${role} of ${slug}` } });
      await db.membership.create({ data: { tenantId: tenant.id, userId: user.id, role } });
      const sessionToken = await startSession(db, { userId: user.id, method: 'test', ip: null, userAgent: null });
      people[role] = { id: user.id, email: user.email, sessionToken };
    }
    const apiKey = await newApiKey(db, tenant.id, people.admin.id, ROLE_PERMISSIONS.admin);
    return { id: tenant.id, slug, people, apiKey };
  });
}

export async function newApiKey(
  db: Parameters<Parameters<Kernel['database']['asPlatform']>[0]>[0],
  tenantId: string,
  createdBy: string,
  scopes: readonly string[],
): Promise<string> {
  const { key, hash, prefix } = mintApiKey();
  await db.apiKey.create({ data: { tenantId, name: 'test key', prefix, hash, scopes: [...scopes], createdBy } });
  return key;
}

/** Calls operations as somebody, exactly as a door would. */
export function callerOf(kernel: Kernel, principal: Principal) {
  return <Op extends AnyOperation>(operation: Op, input: unknown = {}, ifMatch: number | null = null) =>
    operation(
      {
        kernel,
        principal,
        requestId: randomUUID(),
        client: { ip: '192.0.2.1', userAgent: 'test' },
        signal: new AbortController().signal,
        ifMatch,
      },
      input,
    ) as ReturnType<Op>;
}

/** A caller in a role of a tenant. */
export async function as(kernel: Kernel, tenant: TestTenant, role: Role) {
  const credentials = { bearer: null, sessionToken: tenant.people[role].sessionToken, tenant: tenant.slug };
  return callerOf(kernel, await resolvePrincipal(kernel.database, credentials));
}

export const asAnonymous = (kernel: Kernel) => callerOf(kernel, ANONYMOUS);
