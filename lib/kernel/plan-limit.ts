import { limitReached } from '@/lib/core/errors';
import type { Limit, Limits } from '@/lib/core/plans';
import type { TenantDb } from './tenant-transaction';

/**
 * Holds one limited number of the tenant still until the transaction ends, and refuses when it has no room for
 * `adding` more. `null` limits belong to no plan and allow everything. Throws `limit_reached`.
 */
export async function reserve(
  db: TenantDb,
  limits: Limits | null,
  limit: Limit,
  count: () => Promise<number>,
  adding = 1,
): Promise<void> {
  const allowed = limits?.[limit] ?? null;
  if (allowed === null) return;
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(current_setting('app.tenant') || ${limit}, 0))`;
  const used = await count();
  if (used + adding <= allowed) return;
  const words = limit.replaceAll('_', ' ');
  throw limitReached(`Your plan includes ${allowed} ${words}, and ${used} are in use.`, `${limit}_limit_reached`);
}
