import type { TenantDb } from '@/lib/kernel/tenant-transaction';

/** Jobs that write to an instance and approve what they wrote when they are done. */
export const WRITING_JOBS = ['deployment-run', 'restore-run', 'incident-resolve'];

/** Moves with each run that begins to write: what was read before and after it may be of two states. */
export async function fenceOf(db: TenantDb, environmentId: string): Promise<bigint | null> {
  const lease = await db.environmentLease.findFirst({ where: { environmentId }, select: { fence: true } });
  return lease?.fence ?? null;
}

/**
 * Whether we are writing to an instance now: until a promotion, restore or revert has ended and its result is approved,
 * what stands there is neither the old state nor the new one, and no drift. `exceptJob`: the one that asks.
 */
export async function isBeingChanged(db: TenantDb, environmentId: string, exceptJob?: string): Promise<boolean> {
  const lease = { environmentId, runId: { not: null }, expiresAt: { gt: new Date() } };
  if ((await db.environmentLease.count({ where: lease })) > 0) return true;
  // One that nobody carries right now is half done all the same, until the tick takes it up.
  const run = { environmentId, status: { in: ['running', 'verifying', 'compensating'] } };
  if ((await db.journalRun.count({ where: run })) > 0) return true;
  const jobs = await db.backgroundJob.findMany({
    where: { environmentId, type: { in: WRITING_JOBS }, status: { in: ['pending', 'running'] } },
    select: { id: true },
  });
  return jobs.some(({ id }) => id !== exceptJob);
}
