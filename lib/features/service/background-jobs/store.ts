import type { z } from 'zod';
import { AppError, notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import type { BackgroundJob as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { BackgroundJob, ListBackgroundJobs } from './schema';

const isActive = ({ status }: Pick<Row, 'status'>) => status === 'pending' || status === 'running';

export const toBackgroundJob = (row: Row): BackgroundJob => ({
  id: row.id,
  type: row.type,
  status: row.status,
  environmentId: row.environmentId,
  resource: row.resourceType && row.resourceId ? { type: row.resourceType, id: row.resourceId } : null,
  progress: row.progress as BackgroundJob['progress'],
  result: row.result as BackgroundJob['result'],
  // A job that will be tried again carries the last attempt's error; only a failed one has failed.
  error: row.status === 'failed' ? (row.error as BackgroundJob['error']) : null,
  startedBy: (row.actor as { label: string }).label,
  attempts: row.attempts,
  cancellable: isActive(row) && row.cancelRequestedAt === null,
  cancelRequestedAt: row.cancelRequestedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

export async function listJobs(db: TenantDb, query: z.output<typeof ListBackgroundJobs>): Promise<Page<BackgroundJob>> {
  const { search, type, status, environmentId } = query;
  const contains = search ? { contains: search, mode: 'insensitive' as const } : undefined;
  const where = { type: type ?? contains, status, environmentId };
  const rows = await db.backgroundJob.findMany({ where, ...toSlice(query) });
  return toPage(rows.map(toBackgroundJob), await db.backgroundJob.count({ where }), query);
}

export async function getJob(db: TenantDb, id: string): Promise<Row> {
  const row = await db.backgroundJob.findUnique({ where: { id } });
  if (!row) throw notFound('background job');
  return row;
}

/** One that waits ends at once; one that runs is asked to stop, and stops at its next sign of life. */
export async function cancelJob(db: TenantDb, id: string): Promise<Row> {
  const now = new Date();
  const pending = { id, status: 'pending' as const };
  const ended = await db.backgroundJob.updateMany({
    where: pending,
    data: { status: 'cancelled', cancelRequestedAt: now, finishedAt: now },
  });
  if (ended.count === 0) {
    const asked = await db.backgroundJob.updateMany({
      where: { id, status: 'running' },
      data: { cancelRequestedAt: now },
    });
    if (asked.count === 0) {
      const { status } = await getJob(db, id);
      throw new AppError('conflict', `The job is ${status} already; there is nothing to cancel.`, {
        code: 'job_finished',
      });
    }
  }
  return getJob(db, id);
}
