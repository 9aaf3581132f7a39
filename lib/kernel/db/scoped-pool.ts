import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

/** The role a transaction takes and, for a tenant, which one: what row-level security goes by. */
export type Scope = { role: 'n8nops_tenant'; tenantId: string } | { role: 'n8nops_platform' };

/**
 * A process that is frozen inside a transaction keeps its locks, and its connection looks alive: after so long without
 * a word the database ends the transaction, or nobody could take over what the sleeper held.
 */
const SILENT_MS = 10_000;

const current = new AsyncLocalStorage<Scope>();
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const inScope = <T>(scope: Scope, work: () => Promise<T>): Promise<T> => current.run(scope, work);

/**
 * A pool whose transactions begin inside their scope, in the same round trip as BEGIN: asking apart would cost every
 * transaction of the product another one. A transaction that nobody gave a scope does not begin.
 */
export function scopedPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...input: unknown[]) => unknown;
    let last: Promise<unknown> = Promise.resolve();
    // Prisma asks for several relations of a transaction at once; its one connection answers in turn, and pg's own queue
    // for that is going to end.
    const scoped = (statement: unknown, ...rest: unknown[]) => {
      const begun = beginInScope(statement);
      const answer = last.then(() => query(begun, ...rest));
      last = answer.catch(() => undefined);
      return answer;
    };
    client.query = scoped as typeof client.query;
  });
  return pool;
}

function beginInScope(statement: unknown): unknown {
  const text = typeof statement === 'string' ? statement : (statement as { text?: string } | null)?.text;
  if (text !== 'BEGIN') return statement;
  const scope = current.getStore();
  if (!scope) throw new Error('A transaction began outside asTenant and asPlatform.');
  const scopedText = `BEGIN; ${enter(scope)}`;
  return typeof statement === 'string' ? scopedText : { ...(statement as object), text: scopedText };
}

/** Literals, since several statements in one message take no parameters; hence the check. */
function enter(scope: Scope): string {
  const role = `set_config('role', '${scope.role}', true), set_config('idle_in_transaction_session_timeout', '${SILENT_MS}', true)`;
  if (scope.role === 'n8nops_platform') return `SELECT ${role}`;
  if (!UUID.test(scope.tenantId)) throw new Error('A tenant is named by its UUID.');
  return `SELECT ${role}, set_config('app.tenant', '${scope.tenantId}', true)`;
}
