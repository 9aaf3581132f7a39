import { ROLE_PERMISSIONS, type Role, type TenantPermission } from '@/lib/core/permissions';
import type { Database } from '@/lib/kernel/db/database';
import { statement } from '@/lib/kernel/db/statement';
import type { TenantIdentity } from '@/lib/kernel/principal';
import { hashApiKey, isWellFormedApiKey } from './secret';

export type KeyHolder = {
  id: string;
  name: string;
  tenant: TenantIdentity;
  planKey: string;
  permissions: TenantPermission[];
};

const TOUCH_AFTER_MS = 60_000;

// biome-ignore format: the columns as they are asked for
type Row = {
  id: string; name: string; scopes: string[]; last_used_at: Date | null;
  tenant_id: string; slug: string; tenant_name: string; plan_key: string; role: Role;
};

/**
 * What a key may do now: its scopes, as far as its maker still holds them. Null for noise, for a revoked or expired
 * key, and when its maker has left or its tenant is suspended.
 */
export async function findKeyHolder(database: Database, key: string): Promise<KeyHolder | null> {
  if (!isWellFormedApiKey(key)) return null;
  const rows = await database.ask<Row>(statement`
    SELECT k.id, k.name, k.scopes, k.last_used_at, t.id AS tenant_id, t.slug, t.name AS tenant_name, t.plan_key,
           m.role::text AS role
    FROM api_keys k
    JOIN tenants t ON t.id = k.tenant_id AND t.status <> 'suspended'
    JOIN memberships m ON m.tenant_id = k.tenant_id AND m.user_id = k.created_by
    JOIN users u ON u.id = m.user_id AND u.suspended_at IS NULL
    WHERE k.hash = ${hashApiKey(key)} AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`);
  const row = rows[0];
  if (!row) return null;
  if (!row.last_used_at || Date.now() - row.last_used_at.getTime() > TOUCH_AFTER_MS) {
    const data = { lastUsedAt: new Date() };
    await database.asPlatform((db) => db.apiKey.updateMany({ where: { id: row.id }, data }));
  }
  return {
    id: row.id,
    name: row.name,
    tenant: { id: row.tenant_id, slug: row.slug, name: row.tenant_name },
    planKey: row.plan_key,
    permissions: ROLE_PERMISSIONS[row.role].filter((permission) => row.scopes.includes(permission)),
  };
}
