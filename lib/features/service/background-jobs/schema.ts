import { z } from 'zod';
import { Id, listQuery, pageOf, Timestamp } from '@/lib/core/schema';
import { JOB_STATUSES } from './model';

/** Where long work stands, in its own words. */
export const JobProgress = z.object({
  step: z.string(),
  current: z.number(),
  /** Null while it is not known. */
  total: z.number().nullable(),
  message: z.string().optional(),
  steps: z
    .array(
      z.object({
        name: z.string(),
        status: z.enum(['done', 'failed', 'skipped']),
        count: z.number().optional(),
        detail: z.string().optional(),
      }),
    )
    .optional(),
});
export type JobProgress = z.infer<typeof JobProgress>;

export const BackgroundJob = z
  .object({
    id: Id,
    type: z.string(),
    status: z.enum(JOB_STATUSES),
    environmentId: Id.nullable(),
    resource: z.object({ type: z.string(), id: z.string() }).nullable(),
    progress: JobProgress.nullable(),
    /** What the job found or did; its shape belongs to its type. */
    result: z.json().nullable(),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
    startedBy: z.string(),
    attempts: z.number().int(),
    cancellable: z.boolean(),
    cancelRequestedAt: Timestamp.nullable(),
    createdAt: Timestamp,
    startedAt: Timestamp.nullable(),
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'BackgroundJob' });
export type BackgroundJob = z.infer<typeof BackgroundJob>;

/** What every request that starts a job answers. */
export const JobReceipt = z.object({ jobId: Id, alreadyRunning: z.boolean() }).meta({ id: 'JobReceipt' });

export const ListBackgroundJobs = listQuery(
  ['createdAt', 'startedAt', 'finishedAt', 'type', 'status'],
  '-createdAt',
).extend({
  type: z.string().max(100).optional(),
  status: z.enum(JOB_STATUSES).optional(),
  environmentId: Id.optional(),
});
export const BackgroundJobPage = pageOf(BackgroundJob);
