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
