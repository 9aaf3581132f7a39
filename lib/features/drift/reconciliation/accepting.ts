import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { Ended, ReconciliationRow, TargetRow } from './store';

/** Lets these differences stand until a date: exactly these, by their fingerprints. */
export async function acceptDrift(
  ctx: JobContext,
  { incidentId, reason, expiresAt, actor }: ReconciliationRow,
  { environmentId, rows }: { environmentId: string; rows: readonly TargetRow[] },
): Promise<Ended> {
  await ctx.tx(async (db) => {
    await db.acceptedDrift.deleteMany({ where: { environmentId, key: { in: rows.map(({ key }) => key) } } });
    await db.acceptedDrift.createMany({
      data: rows.map(({ key, fingerprint }) => ({
        environmentId,
        incidentId,
        key,
        fingerprint,
        reason,
        actor: actor as object,
        expiresAt: expiresAt!,
      })),
    });
  });
  return { status: 'completed' };
}
