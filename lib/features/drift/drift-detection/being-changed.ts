import type { TenantDb } from '@/lib/kernel/tenant-transaction';

/**
 * Whether we are writing to an instance now: until a promotion, restore or revert has ended and its result is approved,
 * what stands there is neither the old state nor the new one, and no drift.
 */
export async function isBeingChanged(db: TenantDb, environmentId: string): Promise<boolean> {
  const now = new Date();
  const lease = await db.environmentLease.count({
    where: { environmentId, runId: { not: null }, expiresAt: { gt: now } },
  });
  if (lease > 0) return true;
  const runs = await db.journalRun.count({
    where: { environmentId, status: { in: ['pending', 'running', 'verifying', 'compensating'] } },
  });
  return runs > 0;
}
