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
  run: (ctx, query) => ctx.tx((db) => listJobs(db, query)),
});

export const getBackgroundJob = operation({
  name: 'backgroundJob.get',
  summary: 'See where a background job stands',
  input: ById,
  output: BackgroundJob,
  status: 200,
  permission: 'job:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx(async (db) => toBackgroundJob(await getJob(db, id))),
});

export const cancelBackgroundJob = operation({
  name: 'backgroundJob.cancel',
  summary: 'Cancel a background job',
  description: 'One that waits ends at once; one that runs stops at the next safe point.',
  input: ById,
  output: BackgroundJob,
  status: 200,
  permission: 'job:cancel',
  effect: 'write',
  audit: 'background-job.cancelled',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const job = await cancelJob(db, id);
      db.audit({ target: { type: 'background-job', id, label: job.type } });
      db.emit({ type: 'job.updated', subject: id, payload: { environmentId: job.environmentId } });
      return toBackgroundJob(job);
    }),
});
