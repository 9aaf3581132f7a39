import { ById } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { BackgroundJob, BackgroundJobPage, ListBackgroundJobs } from './schema';
import { cancelJob, getJob, listJobs, toBackgroundJob } from './store';

export const listBackgroundJobs = operation({
  name: 'backgroundJob.list',
  summary: 'List background jobs',
  input: ListBackgroundJobs,
  output: BackgroundJobPage,
  status: 200,
  permission: 'job:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listJobs(db, query, ctx.jobs)),
});

export const getBackgroundJob = operation({
  name: 'backgroundJob.get',
  summary: 'See where a background job stands',
  input: ById,
  output: BackgroundJob,
  status: 200,
  permission: 'job:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx(async (db) => toBackgroundJob(await getJob(db, id), ctx.jobs)),
});

export const cancelBackgroundJob = operation({
  name: 'backgroundJob.cancel',
  summary: 'Cancel a background job',
  description:
    'One that waits ends at once; one that runs stops at the next safe point. One that writes to an instance is carried to its end.',
  input: ById,
  output: BackgroundJob,
  status: 200,
  permission: 'job:cancel',
  effect: 'write',
  audit: 'background-job.cancelled',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const job = await cancelJob(db, id, ctx.jobs);
      db.audit({ target: { type: 'background-job', id, label: job.type } });
      db.emit({ type: 'job.updated', subject: id, payload: { environmentId: job.environmentId } });
      return toBackgroundJob(job, ctx.jobs);
    }),
});
