import type { JobContext } from '@/lib/kernel/jobs/job-context';
import { acceptedOf } from '../incidents/model';
import type { Ended, ReconciliationRow, TargetRow } from './store';

/** Lets these differences stand until a date: exactly these, and of them what was drift when it was decided. */
export async function acceptDrift(
  ctx: JobContext,
  { incidentId, reason, expiresAt, actor }: ReconciliationRow,
  { environmentId, rows }: { environmentId: string; rows: readonly TargetRow[] },
): Promise<Ended> {
  await ctx.tx(async (db) => {
    await db.acceptedDrift.deleteMany({ where: { environmentId, key: { in: rows.map(({ key }) => key) } } });
    await db.acceptedDrift.createMany({
      data: rows.map((row) => ({
        environmentId,
        incidentId,
        key: row.key,
        fingerprint: row.fingerprint,
        residue: acceptedOf(row) ?? undefined,
        reason,
        actor: actor as object,
        expiresAt: expiresAt!,
      })),
    });
  });
  return { status: 'completed' };
}
