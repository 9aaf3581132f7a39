import type { RunProblem } from '@/lib/features/change/journal/schema';
import { endUnbegun, runStatusOf } from '@/lib/features/change/journal/service';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { enqueueRun } from './run-jobs';
import { endRestore } from './running';
import { getRestoreRow, isAbandoned, type RestoreRow, updateRestore } from './store';

/**
 * A restore whose job ended before it did: one that may have written is carried on, since its run alone knows how far it
 * came; any other is over. The lock keeps it from being started meanwhile.
 */
export async function takeUp(db: TenantDb, restoreId: string): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM restores WHERE id = ${restoreId}::uuid FOR UPDATE`;
  const row = await getRestoreRow(db, restoreId);
  if (!(await isAbandoned(db, row))) return;
  if (row.runId && (await runStatusOf(db, row.runId)) !== 'pending') return void (await enqueueRun(db, row));
  if (row.runId) {
    await endUnbegun(db, row.runId);
    await updateRestore(db, restoreId, { runId: null });
  }
  await endRestore(db, row, { status: 'failed', problems: [await whyNotBegun(db, row)], workflows: [] });
}

async function whyNotBegun(db: TenantDb, { jobId, environment }: RestoreRow): Promise<RunProblem> {
  const job = jobId && (await db.backgroundJob.findUnique({ where: { id: jobId } }));
  const error = job ? (job.error as { detail: string } | null) : null;
  const why = job && job.status === 'cancelled' ? 'It was cancelled before it began.' : error?.detail;
  const detail = `Nothing was written. ${why ?? 'Its job was given up.'}`;
  return { code: 'not_begun', key: null, n8nId: null, name: environment.name, detail };
}
