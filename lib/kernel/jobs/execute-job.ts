import { AppError } from '@/lib/core/errors';
import type { Kernel } from '../kernel';
import type { Actor } from '../principal';
import { type TenantDb, tenantTransaction } from '../tenant-transaction';
import type { JobDeclaration } from './job';
import { claimLost, JobClaim } from './job-claim';
import type { JobContext, JobProgress } from './job-context';
import { mayPass } from './may-pass';

const HEARTBEAT_MS = 4_000;
const PROGRESS_MS = 300;

type Ticket = { tenantId: string; jobId: string };

/**
 * Claims and runs one job. Returns false when there was nothing to do: finished, cancelled, or another worker has it.
 * The claim is the attempt's number; every later write of this attempt is conditional on it, so a stalled worker that
 * wakes after a takeover changes nothing.
 */
export async function executeJob(kernel: Kernel, { tenantId, jobId }: Ticket, shutdown: AbortSignal): Promise<boolean> {
  const claim = await JobClaim.take(kernel.database, tenantId, jobId);
  if (!claim) return false;
  const declaration = kernel.jobs.find(
    (job): job is JobDeclaration<unknown> => job.name === claim.row.type && job.scope === 'tenant',
  );
  if (!declaration) {
    await claim.fail({ code: 'unknown_job', detail: `No handler for ${claim.row.type} in this version.` });
    return true;
  }
  if (claim.attempt > declaration.attempts) {
    // Its workers died with it each time; one that is given up can at least be looked at.
    await claim.fail({
      code: 'attempts_exhausted',
      detail: 'The worker ended during each attempt. The log says more.',
    });
    return true;
  }
  await runAttempt(kernel, claim, declaration, shutdown);
  return true;
}

async function runAttempt(
  kernel: Kernel,
  claim: JobClaim,
  declaration: JobDeclaration<unknown>,
  shutdown: AbortSignal,
) {
  const abort = new AbortController();
  const onShutdown = () => abort.abort(new AppError('upstream', 'The worker shut down.', { code: 'worker_stopped' }));
  shutdown.addEventListener('abort', onShutdown, { once: true });
  if (shutdown.aborted) onShutdown();
  const beat = setInterval(
    () =>
      void claim.beat().then(
        (state) => react(state, abort),
        () => undefined,
      ),
    HEARTBEAT_MS,
  );
  const limit = setTimeout(
    () => abort.abort(new AppError('upstream', `It took longer than ${declaration.timeout} s.`, { code: 'timeout' })),
    declaration.timeout * 1000,
  );
  const log = kernel.log.child({
    job: claim.row.type,
    jobId: claim.jobId,
    tenant: claim.tenantId,
    attempt: claim.attempt,
  });
  try {
    const context = jobContext(kernel, claim, abort.signal, log);
    const result = await declaration.run(context, declaration.input.parse(claim.row.input));
    await context.flush();
    await claim.complete(result);
    log.info({}, 'job completed');
  } catch (error) {
    await conclude(claim, declaration, abort.signal.aborted ? abort.signal.reason : error, log);
  } finally {
    clearInterval(beat);
    clearTimeout(limit);
    shutdown.removeEventListener('abort', onShutdown);
  }
}

function react(state: 'held' | 'lost' | 'cancel', abort: AbortController): void {
  if (state === 'cancel') abort.abort(new AppError('conflict', 'Cancelled.', { code: 'cancelled' }));
  if (state === 'lost') abort.abort(claimLost());
}

async function conclude(claim: JobClaim, declaration: JobDeclaration<unknown>, reason: unknown, log: Kernel['log']) {
  const code = reason instanceof AppError ? reason.code : 'internal';
  if (code === 'cancelled') return claim.cancel();
  if (code === 'claim_lost') return;
  // A worker that is told to stop hands the job back at once; this does not count as an attempt.
  if (code === 'worker_stopped') return claim.release();
  const problem =
    reason instanceof AppError
      ? { code, detail: reason.message }
      : { code, detail: 'This failed on our side. The log holds the reason under the job id.' };
  log.error({ error: reason }, 'job attempt failed');
  if (mayPass(reason) && claim.attempt < declaration.attempts)
    return claim.retryLater(problem, backoffMs(claim.attempt));
  await claim.fail(problem);
}

const backoffMs = (attempt: number) => Math.min(60_000, 2_000 * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);

function jobContext(kernel: Kernel, claim: JobClaim, signal: AbortSignal, log: Kernel['log']) {
  const actor = claim.row.actor as Actor;
  let pending: JobProgress | null = null;
  let lastWrite = 0;
  let lastStep: string | null = null;
  const flush = async () => {
    if (!pending) return;
    const progress = pending;
    pending = null;
    lastWrite = Date.now();
    await claim.saveProgress(progress);
  };
  const context: JobContext & { flush(): Promise<void> } = {
    jobId: claim.jobId,
    tenantId: claim.tenantId,
    actor,
    attempt: claim.attempt,
    ports: kernel.ports,
    log,
    signal,
    checkpoint: claim.row.checkpoint,
    saveCheckpoint: (checkpoint) => claim.saveCheckpoint(checkpoint),
    async progress(progress) {
      signal.throwIfAborted();
      const newStep = lastStep !== progress.step;
      lastStep = progress.step;
      pending = progress;
      if (newStep || Date.now() - lastWrite >= PROGRESS_MS) await flush();
    },
    tx: (work: (db: TenantDb) => Promise<never>, options) =>
      tenantTransaction(
        {
          database: kernel.database,
          tenantId: claim.tenantId,
          author: { actor, requestId: `job:${claim.jobId}` },
          action: claim.row.type,
          beforeCommit: claim.assertHeld,
          onEnqueued: kernel.wakeWorker,
        },
        work,
        options,
      ),
    flush,
  };
  return context;
}
