import { executeJob } from '@/lib/kernel/jobs/execute-job';
import { kernel } from '@/lib/server/runtime';
import type { BenchTenant } from './database.ts';

/** Works a job off in this process, and answers what it came to. Throws unless it completed. */
export async function workOff<Result>(tenant: BenchTenant, jobId: string): Promise<Result> {
  await executeJob(kernel(), { tenantId: tenant.id, jobId }, new AbortController().signal);
  const job = await kernel().database.asTenant(tenant.id, (db) =>
    db.backgroundJob.findUniqueOrThrow({ where: { id: jobId } }),
  );
  if (job.status !== 'completed')
    throw new Error(`The job ended as ${job.status}: ${JSON.stringify(job.error ?? job.result)}`);
  return job.result as Result;
}
