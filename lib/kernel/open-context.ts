import { AppError } from '@/lib/core/errors';
import type { Access } from '@/lib/core/permissions';
import type { AuditOutcome } from './audit';
import type { PublicContext, TenantContext, UserContext } from './context';
import type { Call, Effect } from './operation';
import { platformAccess } from './platform-access';
import { tenantTransaction } from './tenant-transaction';

type Settings = { name?: string; permission: Access; effect: Effect; audit?: string };

/**
 * Builds the context of one call, with `begin` and `settle`, which see to it that no change goes unrecorded: a write
 * that wrote no audit row of its own gets one; an external effect gets its intent before and its result after.
 */
export function openContext(call: Call, { permission, effect, audit }: Settings) {
  const { kernel, principal, requestId } = call;
  const author = { actor: principal.actor, requestId };
  let audited = false;
  const onAudited = () => {
    audited = true;
  };
  const platform = platformAccess(kernel.database, author, onAudited);
  const common = {
    requestId,
    principal,
    client: call.client,
    ports: kernel.ports,
    jobs: kernel.jobs,
    log: kernel.log.child({
      requestId,
      actor: principal.actor.id ?? principal.actor.type,
      tenant: principal.tenant?.id,
    }),
    signal: call.signal,
    ifMatch: call.ifMatch ?? null,
    throttle: (account: string) => kernel.rateLimiter.consumeSignIn(account, call.client),
  };
  const inTenant =
    principal.tenant &&
    !['public', 'authenticated', 'signed-in'].includes(permission) &&
    !permission.startsWith('platform:');
  const tx: TenantContext['tx'] = (work, options) =>
    tenantTransaction(
      {
        database: kernel.database,
        tenantId: principal.tenant!.id,
        author,
        action: audit,
        onAudited,
        onEnqueued: kernel.wakeWorker,
      },
      work,
      options,
    );
  const context: PublicContext | UserContext | TenantContext = inTenant
    ? { ...common, tenant: principal.tenant!, tx }
    : { ...common, platform, ...(principal.user ? { user: principal.user } : {}) };

  const record = (outcome: AuditOutcome, input: unknown, error?: unknown) => {
    const entry = { action: audit!, outcome, target: targetOf(input), details: error ? failure(error) : {} };
    return inTenant
      ? tx(async (db) => db.audit(entry))
      : platform.tx(async (db) => db.audit({ ...entry, tenantId: principal.tenant?.id }));
  };
  const begin = async (input: unknown) => {
    if (effect === 'external') await record('intended', input);
    audited = false;
  };
  const settle = async (outcome: 'succeeded' | 'failed', input: unknown, error?: unknown) => {
    // A failed write was rolled back with whatever it said about itself; an external effect may be half done.
    const needed = effect === 'external' ? outcome === 'failed' || !audited : outcome === 'succeeded' && !audited;
    if (audit && effect !== 'read' && needed) await record(outcome, input, error);
  };
  return { context, begin, settle };
}

const failure = (error: unknown) =>
  error instanceof AppError ? { code: error.code, detail: error.message } : { code: 'internal' };

function targetOf(input: unknown): { type: string; id: string } | undefined {
  const id = (input as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? { type: 'object', id } : undefined;
}
