import type { Access, PlatformPermission } from '@/lib/core/permissions';
import type { Ports } from '@/lib/ports/ports';
import type { AnyJob } from './jobs/job';
import type { Logger } from './logger';
import type { PlatformAccess } from './platform-access';
import type { Principal, TenantIdentity } from './principal';
import type { TenantDb } from './tenant-transaction';

/** Where a call came from. Addresses are the peer's unless the operator trusts a proxy. */
export type Client = { ip: string | null; userAgent: string | null };

type Common = {
  requestId: string;
  principal: Principal;
  client: Client;
  ports: Ports;
  log: Logger;
  /** Every declared job. */
  jobs: readonly AnyJob[];
  /** Aborted when the caller hangs up. */
  signal: AbortSignal;
  /** The version that the caller last saw, from `If-Match`; null when it sent none. */
  ifMatch: number | null;
  /** Counts one attempt at guessing about `account` from the caller's address; throws `rate_limited`, or fails closed. */
  throttle(account: string): Promise<void>;
};

export type PublicContext = Common & { platform: PlatformAccess };
/** A person with a session, in no particular tenant. */
export type UserContext = Common & { platform: PlatformAccess; user: NonNullable<Principal['user']> };
export type PlatformContext = Common & { platform: PlatformAccess };
export type TenantContext = Common & {
  tenant: TenantIdentity;
  /** One short transaction as the tenant. No call to the outside happens inside. */
  tx<T>(work: (db: TenantDb) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>;
};

/** What an operation gets follows from who may call it. */
export type ContextFor<A extends Access> = A extends 'public' | 'authenticated'
  ? PublicContext
  : A extends 'signed-in'
    ? UserContext
    : A extends PlatformPermission
      ? PlatformContext
      : TenantContext;
