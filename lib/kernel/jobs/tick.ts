import { notFound } from '@/lib/core/errors';
import type { Kernel } from '../kernel';
import { platformAccess } from '../platform-access';
import type { Actor } from '../principal';
import { tenantTransaction } from '../tenant-transaction';
import { claimDue } from './due-jobs';
import { executeJob } from './execute-job';
import type { JobDeclaration, JobRequest, ScheduledJob } from './job';

/** Runs one scheduled job: it selects what is due and enqueues it. Safe to run twice or late. */
export async function runTick(kernel: Kernel, name: string, signal: AbortSignal): Promise<void> {
  const tick = kernel.jobs.find((job): job is ScheduledJob => job.scope === 'platform' && job.name === name);
  if (!tick) throw notFound('scheduled job');
  const actor: Actor = { type: 'system', id: null, label: name };
  const author = { actor, requestId: `tick:${name}` };
  await tick.run({
    log: kernel.log.child({ tick: name }),
    ports: kernel.ports,
    signal,
    platform: platformAccess(kernel.database, author),
    enqueueFor: (tenantId, job, input, options) =>
      tenantTransaction({ database: kernel.database, tenantId, author, onEnqueued: kernel.wakeWorker }, (db) =>
        db.enqueue(job, input, { ...options, joinsAny: true }),
      ),
    enqueueAgain: (tenantId, request) => enqueueAgain(kernel, tenantId, request, author.requestId),
  });
}

async function enqueueAgain(kernel: Kernel, tenantId: string, request: JobRequest, requestId: string) {
  const { type, input, actor, environmentId, resource } = request;
  const declaration = kernel.jobs.find(
    (job): job is JobDeclaration<unknown> => job.scope === 'tenant' && job.name === type,
  );
  if (!declaration) return null;
  const scope = { database: kernel.database, tenantId, author: { actor, requestId }, onEnqueued: kernel.wakeWorker };
  const options = { environmentId: environmentId ?? undefined, resource: resource ?? undefined, joinsAny: true };
  return tenantTransaction(scope, (db) => db.enqueue(declaration, input, options));
}

/** Runs due jobs in this request until none is left or the time is up: how a serverless host works without a worker. */
export async function drainJobs(kernel: Kernel, budgetMs: number): Promise<number> {
  const deadline = Date.now() + budgetMs;
  const signal = AbortSignal.timeout(budgetMs);
  let done = 0;
  while (Date.now() < deadline) {
    const due = await claimDue(kernel, 1);
    const next = due[0];
    if (!next) break;
    if (await executeJob(kernel, { tenantId: next.tenant_id, jobId: next.id }, signal)) done += 1;
  }
  return done;
}
