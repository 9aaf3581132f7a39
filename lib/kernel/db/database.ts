import { PrismaPg } from '@prisma/adapter-pg';
import { translateDatabaseError } from './database-error';
import { type Prisma, PrismaClient } from './generated/client';
import { inScope, type Scope, scopedPool } from './scoped-pool';
import type { Statement } from './statement';

/** Prisma inside one transaction. Slices never see another kind. */
export type Transaction = Prisma.TransactionClient;

type TransactionOptions = { timeoutMs?: number };

/** The only two ways to data: as one tenant, confined by row-level security, or as the platform, across tenants. */
export type Database = {
  asTenant<T>(tenantId: string, work: (db: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  asPlatform<T>(work: (db: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** One statement as the platform, in one round trip: what every request asks first. */
  ask<Row>(statement: Statement): Promise<Row[]>;
  close(): Promise<void>;
};

const TRANSACTION_TIMEOUT_MS = 15_000;
/** How long a transaction may wait for a connection before the caller is told to come back. */
const MAX_WAIT_MS = 5_000;

/** `poolSize` connections are shared by everything in the process. */
export function openDatabase(url: string, { poolSize = 10 } = {}): Database {
  const pool = scopedPool({ connectionString: url, max: poolSize, application_name: 'n8n-ops' });
  const client = new PrismaClient({ adapter: new PrismaPg(pool) });
  const transaction = <T>(
    scope: Scope,
    work: (db: Transaction) => Promise<T>,
    { timeoutMs = TRANSACTION_TIMEOUT_MS }: TransactionOptions = {},
  ): Promise<T> =>
    inScope(scope, () => client.$transaction(work, { timeout: timeoutMs, maxWait: MAX_WAIT_MS })).catch((error) => {
      throw translateDatabaseError(error);
    });
  return {
    asTenant: (tenantId, work, options) => transaction({ role: 'n8nops_tenant', tenantId }, work, options),
    asPlatform: (work, options) => transaction({ role: 'n8nops_platform' }, work, options),
    async ask<Row>({ text }: Statement) {
      const results = await pool.query(`SELECT set_config('role', 'n8nops_platform', true); ${text}`).catch((error) => {
        throw translateDatabaseError(error);
      });
      return (results as unknown as { rows: Row[] }[]).at(-1)!.rows;
    },
    async close() {
      await client.$disconnect();
      await pool.end();
    },
  };
}
