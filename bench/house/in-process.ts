import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyOperation } from '@/lib/kernel/operation';
import { resolvePrincipal } from '@/lib/server/principal';
import { kernel } from '@/lib/server/runtime';
import { migrate } from '../../scripts/app/database.ts';
import type { Scope } from '../../scripts/command.ts';
import { startEmbeddedDatabase } from '../../scripts/postgres/database.ts';
import type { BenchTenant } from './database.ts';

/** The product in this process, on a database of its own. Answers the database's URL. */
export async function openHouse(scope: Scope): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'n8n-ops-bench-'));
  scope.onEnd(() => rmSync(folder, { recursive: true, force: true }));
  const database = await startEmbeddedDatabase({ folder: join(folder, 'postgres') });
  scope.onEnd(database.stop);
  const secret = () => randomBytes(32).toString('base64');
  Object.assign(process.env, {
    EMBEDDED_DATABASE_URL: database.url,
    SESSION_SECRET: secret(),
    CRON_SECRET: secret(),
    MASTER_KEY: secret(),
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
  });
  await migrate(process.env, scope.stopping);
  // Each benchmark of a run has a house of its own.
  Reflect.deleteProperty(globalThis, Symbol.for('n8nops'));
  const house = kernel();
  scope.onEnd(() => house.database.close());
  scope.onEnd(() => house.rateLimiter.close());
  return database.url;
}

/** Calls an operation as the tenant's API key, exactly as a door would. `at` chooses one of its keys. */
export async function call<Op extends AnyOperation>(
  tenant: BenchTenant,
  operation: Op,
  input: object,
  at = 0,
): Promise<Awaited<ReturnType<Op>>> {
  const bearer = tenant.apiKeys[at % tenant.apiKeys.length]!;
  const principal = await resolvePrincipal(kernel().database, { bearer, sessionToken: null, tenant: null });
  const client = { ip: null, userAgent: null };
  const { signal } = new AbortController();
  return await operation({ kernel: kernel(), principal, requestId: randomUUID(), client, signal }, input);
}
