import { type AuditAuthor, type AuditEntry, appendAudit, PLATFORM_CHAIN } from './audit';
import type { Database, Transaction } from './db/database';
import { type DomainEvent, writeEvents } from './tenant-transaction';

/** Prisma across tenants, with the audit chain of whom it concerns. */
export type PlatformDb = Transaction & {
  /** Appends to one tenant's chain, or to the platform's own when no tenant is named. */
  audit(entry: AuditEntry & { tenantId?: string }): void;
  /** Sends an event to one tenant once the transaction has committed. */
  emit(event: DomainEvent & { tenantId: string }): void;
};

/** The explicit cross-tenant door. Only public, signed-in and platform operations and ticks hold one. */
export type PlatformAccess = {
  tx<T>(work: (db: PlatformDb) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>;
};

export function platformAccess(database: Database, author: AuditAuthor, onAudited?: () => void): PlatformAccess {
  return {
    async tx(work, options) {
      const entries: (AuditEntry & { tenantId?: string })[] = [];
      const events: (DomainEvent & { tenantId: string })[] = [];
      const result = await database.asPlatform(async (transaction) => {
        const extras: Pick<PlatformDb, 'audit' | 'emit'> = {
          audit: (entry) => void entries.push(entry),
          emit: (event) => void events.push(event),
        };
        const db = new Proxy(transaction, {
          get: (target, key) => Reflect.get(key in extras ? extras : target, key),
        }) as PlatformDb;
        const outcome = await work(db);
        await writeEvents(transaction, events);
        await appendByChain(transaction, author, entries);
        return outcome;
      }, options);
      if (entries.length > 0) onAudited?.();
      return result;
    },
  };
}

/** Chains are locked in one order, so that two transactions never wait for each other. */
async function appendByChain(
  db: Transaction,
  author: AuditAuthor,
  entries: readonly (AuditEntry & { tenantId?: string })[],
): Promise<void> {
  const chains = Map.groupBy(entries, (entry) => entry.tenantId ?? PLATFORM_CHAIN);
  for (const tenantId of [...chains.keys()].sort()) await appendAudit(db, tenantId, author, chains.get(tenantId)!);
}
