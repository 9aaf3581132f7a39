import { FEATURES, type Feature, LIMITS, type Limit, type Limits } from '@/lib/core/plans';
import type { Transaction } from '@/lib/kernel/db/database';

export type Entitlements = { plan: string; features: ReadonlySet<Feature>; limits: Limits };

const isFeature = (text: string): text is Feature => (FEATURES as readonly string[]).includes(text);
const isLimit = (text: string): text is Limit => (LIMITS as readonly string[]).includes(text);

/** What a tenant may use: its plan from the database, with its unexpired overrides on top. Unknown is not allowed. */
export async function resolveEntitlements(db: Transaction, tenantId: string, planKey: string): Promise<Entitlements> {
  const plan = await db.plan.findUniqueOrThrow({ where: { key: planKey } });
  const overrides = await db.entitlementOverride.findMany({
    where: { tenantId, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
  });
  const features = new Set(plan.features.filter(isFeature));
  const limits = { ...(plan.limits as Limits) };
  for (const { key, enabled, value } of overrides) {
    if (isFeature(key) && enabled !== null) enabled ? features.add(key) : features.delete(key);
    if (isLimit(key)) limits[key] = value;
  }
  return { plan: plan.name, features, limits };
}

/** What each tenant that is seen may have of this, where that is a number: all as the platform, its own as a tenant. */
export const limitByTenant = (db: Transaction, limit: Limit): Promise<{ tenantId: string; value: number }[]> =>
  db.$queryRaw`
    SELECT "tenantId", value FROM (
      SELECT tenants.id AS "tenantId",
        CASE WHEN override.id IS NULL THEN (plans.limits->>${limit})::int ELSE override.value END AS value
      FROM tenants JOIN plans ON plans.key = tenants.plan_key
      LEFT JOIN entitlement_overrides AS override ON override.tenant_id = tenants.id AND override.key = ${limit}
        AND (override.expires_at IS NULL OR override.expires_at > now())) AS limited
    WHERE value IS NOT NULL`;
