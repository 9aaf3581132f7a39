import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { job } from '@/lib/kernel/jobs/job';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { runRestore } from './running';
import { type RestoreRow, updateRestore } from './store';

/** Taken up again after any crash: the journal knows how far it came. */
export const restoreRun = job({
  name: 'restore-run',
  input: z.object({ restoreId: Id }),
  singletonKey: ({ restoreId }) => restoreId,
  timeout: 3_600,
  attempts: 20,
  cancellation: 'until_started',
  run: (ctx, { restoreId }) => runRestore(ctx, restoreId),
});

export async function enqueueRun(db: TenantDb, { id, environmentId }: RestoreRow) {
  const resource = { type: 'restore', id };
  const receipt = await db.enqueue(restoreRun, { restoreId: id }, { environmentId, resource });
  await updateRestore(db, id, { jobId: receipt.jobId });
  return receipt;
}
