import { forbidden, unauthenticated } from '@/lib/core/errors';
import { PLATFORM_PERMISSIONS, ROLE_PERMISSIONS } from '@/lib/core/permissions';
import { storable } from '@/lib/core/text';
import { findKeyHolder } from '@/lib/features/identity/api-keys/service';
import { findSession } from '@/lib/features/identity/sessions/service';
import { type Entitlements, resolveEntitlements } from '@/lib/features/plans/entitlements/service';
import type { Database } from '@/lib/kernel/db/database';
import { ANONYMOUS, type Principal } from '@/lib/kernel/principal';

/** What a request proves itself with. A bearer key counts alone: a cookie beside it is ignored. */
export type Credentials = { bearer: string | null; sessionToken: string | null; tenant: string | null };

/** Entitlements change rarely and are not a security boundary; identity is read on every request. */
const ENTITLEMENTS_FOR_MS = 3_000;
const known = new Map<string, { until: number; entitlements: Entitlements }>();

/**
 * Who is asking, read from the database on every request, so that revocation, removal and suspension take effect at
 * once. Throws `unauthenticated` for a key that is not (or no longer) good; no credentials at all is the anonymous.
 */
export async function resolvePrincipal(database: Database, credentials: Credentials): Promise<Principal> {
  const { bearer, sessionToken } = credentials;
  if (!bearer && !sessionToken) return ANONYMOUS;
  return bearer
    ? keyPrincipal(database, bearer, credentials.tenant)
    : sessionPrincipal(database, sessionToken!, credentials.tenant);
}

async function keyPrincipal(database: Database, key: string, tenant: string | null): Promise<Principal> {
  const holder = await findKeyHolder(database, key);
  if (!holder) throw unauthenticated('This API key is not valid. It may be revoked or expired.', 'api_key_rejected');
  if (tenant && tenant !== holder.tenant.slug && tenant !== holder.tenant.id) {
    throw forbidden('This API key belongs to another organisation.', 'wrong_tenant');
  }
  const { features, limits } = await entitlementsOf(database, holder.tenant.id, holder.planKey);
  return {
    actor: { type: 'api_key', id: holder.id, label: holder.name },
    tenant: holder.tenant,
    permissions: new Set(holder.permissions),
    features,
    limits,
  };
}

async function sessionPrincipal(database: Database, token: string, tenant: string | null): Promise<Principal> {
  const session = await findSession(database, token, tenant === null ? undefined : storable(tenant));
  if (!session) return ANONYMOUS;
  const { user, membership } = session;
  const principal: Principal = {
    ...ANONYMOUS,
    actor: { type: 'user', id: user.id, label: user.email },
    user: { id: user.id, email: user.email, name: user.name, sessionId: session.sessionId },
    permissions: new Set(user.platformAdmin ? PLATFORM_PERMISSIONS : []),
  };
  if (!membership) return principal;
  const { features, limits } = await entitlementsOf(database, membership.tenant.id, membership.planKey);
  return {
    ...principal,
    tenant: membership.tenant,
    role: membership.role,
    permissions: new Set([...principal.permissions, ...ROLE_PERMISSIONS[membership.role]]),
    features,
    limits,
  };
}

async function entitlementsOf(database: Database, tenantId: string, planKey: string): Promise<Entitlements> {
  const key = `${tenantId}:${planKey}`;
  const fresh = known.get(key);
  if (fresh && fresh.until > Date.now()) return fresh.entitlements;
  const entitlements = await database.asPlatform((db) => resolveEntitlements(db, tenantId, planKey));
  known.set(key, { until: Date.now() + ENTITLEMENTS_FOR_MS, entitlements });
  return entitlements;
}
