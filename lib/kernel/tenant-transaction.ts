import { type AuditAuthor, type AuditEntry, appendAudit } from './audit';
import type { Database, Transaction } from './db/database';
import { type EnqueueOptions, insertJob, type JobDeclaration, type JobReceipt, jobEvent } from './jobs/job';

/** Something that happened, for browsers and later chapters. The payload stays small: ids and states, never content. */
export type DomainEvent = { type: string; subject?: string; payload?: Record<string, unknown> };

/** Prisma for one tenant, in one transaction, with what belongs into the same commit as the change. */
export type TenantDb = Transaction & {
  /** Appends to the tenant's audit chain when the transaction's work is done. */
  audit(entry: Omit<AuditEntry, 'action'> & { action?: string }): void;
  /** Sends an event once the transaction has committed. */
  emit(event: DomainEvent): void;
  /**
   * Makes a background job that starts after the commit; an active one under the same singleton key is returned instead.
   * Throws `another_running` when that one was asked for something else.
   */
  enqueue<Input>(job: JobDeclaration<Input>, input: Input, options?: EnqueueOptions): Promise<JobReceipt>;
};

export type TransactionScope = {
  database: Database;
  tenantId: string;
  author: AuditAuthor;
  /** The action that `audit` falls back to: the operation's own. */
  action?: string;
  onAudited?: () => void;
  /** Runs when the work is done; throwing undoes it. */
  beforeCommit?: (db: Transaction) => Promise<void>;
  /** Called after the commit when a job was made, so that a worker in this process looks at once. */
  onEnqueued?: () => void;
};

/**
 * Runs `work` as the tenant. Events and audit rows are written last, the audit row very last: its chain's head is a
 * lock that other transactions of the tenant wait for.
 */
export async function tenantTransaction<T>(
  scope: TransactionScope,
  work: (db: TenantDb) => Promise<T>,
  options?: { timeoutMs?: number },
): Promise<T> {
  const entries: AuditEntry[] = [];
  const events: DomainEvent[] = [];
  let enqueued = false;
  const extras = {
    audit(entry: Omit<AuditEntry, 'action'> & { action?: string }) {
      entries.push({ ...entry, action: entry.action ?? scope.action ?? 'unnamed' });
    },
    emit(event: DomainEvent) {
      events.push(event);
    },
  };
  const result = await scope.database.asTenant(
    scope.tenantId,
    async (transaction) => {
      const db = withExtras(transaction, {
        ...extras,
        async enqueue(job: JobDeclaration<unknown>, input: unknown, enqueueOptions?: EnqueueOptions) {
          enqueued = true;
          const receipt = await insertJob(transaction, scope.author.actor, job, input, enqueueOptions);
          if (!receipt.alreadyRunning) events.push(jobEvent('created', receipt.jobId, enqueueOptions?.environmentId));
          return receipt;
        },
      });
      const outcome = await work(db);
      await scope.beforeCommit?.(transaction);
      await writeEvents(transaction, events);
      await appendAudit(transaction, scope.tenantId, scope.author, entries);
      return outcome;
    },
    options,
  );
  if (entries.length > 0) scope.onAudited?.();
  if (enqueued) scope.onEnqueued?.();
  return result;
}

/** Prisma's transaction is a proxy of its own, so the extras stand in front of it rather than on it. */
function withExtras(transaction: Transaction, extras: object): TenantDb {
  return new Proxy(transaction, {
    get: (target, key) => Reflect.get(key in extras ? extras : target, key),
  }) as TenantDb;
}

/** Into the outbox of the transaction's tenant, or of the one that is named. */
export async function writeEvents(
  db: Transaction,
  events: readonly (DomainEvent & { tenantId?: string })[],
): Promise<void> {
  if (events.length === 0) return;
  await db.outboxEvent.createMany({
    data: events.map(({ payload, ...event }) => ({ ...event, payload: (payload ?? {}) as object })),
  });
}
