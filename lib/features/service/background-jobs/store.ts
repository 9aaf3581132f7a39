import type { z } from 'zod';
import { AppError, blocked, notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import type { BackgroundJob as Row } from '@/lib/kernel/db/generated/client';
import type { AnyJob } from '@/lib/kernel/jobs/job';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { BackgroundJob, ListBackgroundJobs } from './schema';

const isActive = ({ status }: Pick<Row, 'status'>) => status === 'pending' || status === 'running';

/** Whether people may still stop it, by what its declaration says of jobs that have begun. */
function mayBeCancelled({ type, startedAt }: Pick<Row, 'type' | 'startedAt'>, jobs: readonly AnyJob[]): boolean {
  const declaration = jobs.find((job) => job.scope === 'tenant' && job.name === type);
  const until = (declaration?.scope === 'tenant' && declaration.cancellation) || 'anytime';
  return until === 'anytime' || (until === 'until_started' && startedAt === null);
}

export const toBackgroundJob = (row: Row, jobs: readonly AnyJob[]): BackgroundJob => ({
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
  cancellable: isActive(row) && row.cancelRequestedAt === null && mayBeCancelled(row, jobs),
  cancelRequestedAt: row.cancelRequestedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

export async function listJobs(
  db: TenantDb,
  query: z.output<typeof ListBackgroundJobs>,
  jobs: readonly AnyJob[],
): Promise<Page<BackgroundJob>> {
  const { search, type, status, environmentId } = query;
  const contains = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
  const where = { type: type ?? contains, status, environmentId };
  const rows = await db.backgroundJob.findMany({ where, ...toSlice(query) });
  return toPage(
    rows.map((row) => toBackgroundJob(row, jobs)),
    await db.backgroundJob.count({ where }),
    query,
  );
}

export async function getJob(db: TenantDb, id: string): Promise<Row> {
  const row = await db.backgroundJob.findUnique({ where: { id } });
  if (!row) throw notFound('background job');
  return row;
}

/**
 * One that waits ends at once; one that runs is asked to stop, and stops at its next sign of life. Throws `blocked` for
 * work that is carried to its end. The lock keeps a worker from starting it meanwhile.
 */
export async function cancelJob(db: TenantDb, id: string, jobs: readonly AnyJob[]): Promise<Row> {
  await db.$queryRaw`SELECT 1 FROM background_jobs WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await getJob(db, id);
  if (!isActive(row)) {
    throw new AppError('conflict', `The job is ${row.status} already; there is nothing to cancel.`, {
      code: 'job_finished',
    });
  }
  if (!mayBeCancelled(row, jobs)) {
    throw blocked(
      'It changes an instance, and is carried to its end: stopped halfway, it would leave the environment half changed.',
      'carried_to_its_end',
      'Nobody. Let it end; what it did can be rolled back or restored afterwards.',
    );
  }
  const now = new Date();
  const ended = row.status === 'pending' ? { status: 'cancelled' as const, finishedAt: now } : {};
  return db.backgroundJob.update({ where: { id }, data: { ...ended, cancelRequestedAt: now } });
}
