import { setTimeout as sleep } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import type { Kernel } from '../kernel';
import { claimDue } from './due-jobs';
import { executeJob } from './execute-job';
import type { ScheduledJob } from './job';
import { runTick } from './tick';

const QUEUE = 'tenant-jobs';
const TICKS = 'scheduled-jobs';
const RELAY_MS = 500;
const POLL_SECONDS = 0.5;
const SHUTDOWN_MS = 20_000;

type Ticket = { tenantId: string; jobId: string };

export type Worker = {
  /** Looks for new jobs now instead of at the next poll. */
  wake(): void;
  /** Hands running jobs back and ends. */
  stop(): Promise<void>;
};

/**
 * Runs jobs in this process. `background_jobs` is the truth: the relay hands every due row to pg-boss, and hands out
 * again what a silent worker left behind. Any number of workers share the load.
 */
export async function startWorker(kernel: Kernel, databaseUrl: string, { concurrency = 4 } = {}): Promise<Worker> {
  const shutdown = new AbortController();
  const boss = new PgBoss({ connectionString: databaseUrl, schema: 'pgboss', max: 4, superviseIntervalSeconds: 10 });
  // Without a listener an error of the connection would end the process.
  boss.on('error', (error) => kernel.log.error({ error }, 'the queue reported an error'));
  await boss.start();
  const settings = { retryLimit: 0, heartbeatSeconds: 30, deleteAfterSeconds: 3_600 };
  await boss.createQueue(QUEUE, settings);
  await boss.createQueue(TICKS, settings);
  await schedule(boss, kernel);

  const polling = { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 };
  await boss.work<Ticket>(QUEUE, { ...polling, localConcurrency: concurrency }, async ([job]) => {
    if (job) await logged(kernel, job.data, executeJob(kernel, job.data, shutdown.signal));
  });
  await boss.work<{ name: string }>(TICKS, polling, async ([job]) => {
    if (job) await logged(kernel, job.data, runTick(kernel, job.data.name, shutdown.signal));
  });

  let wake = () => {};
  const relay = (async () => {
    while (!shutdown.signal.aborted) {
      const moved = await dispatchDue(kernel, boss).catch((error) => {
        kernel.log.warn({ error }, 'due jobs could not be handed out; trying again');
        return 0;
      });
      if (moved === 0) await Promise.race([pause(RELAY_MS, shutdown.signal), new Promise<void>((go) => (wake = go))]);
    }
  })();

  return {
    wake: () => wake(),
    async stop() {
      shutdown.abort();
      wake();
      await relay;
      await boss.stop({ graceful: true, timeout: SHUTDOWN_MS });
    },
  };
}

/** The queue keeps an error where nobody looks; a job that could not even be concluded is handed out again. */
const logged = (kernel: Kernel, fields: object, work: Promise<unknown>) =>
  work.catch((error) => {
    kernel.log.error({ ...fields, error }, 'a job or tick broke off');
    throw error;
  });

async function schedule(boss: PgBoss, kernel: Kernel): Promise<void> {
  const ticks = kernel.jobs.filter((job): job is ScheduledJob => job.scope === 'platform');
  for (const tick of ticks) await boss.schedule(TICKS, tick.schedule, { name: tick.name }, { key: tick.name });
}

/** Takes rows that are due, or whose worker fell silent, and puts them in the queue. */
async function dispatchDue(kernel: Kernel, boss: PgBoss): Promise<number> {
  const due = await claimDue(kernel, 100);
  if (due.length > 0) {
    await boss.insert(
      QUEUE,
      due.map((row) => ({ data: { tenantId: row.tenant_id, jobId: row.id } })),
    );
  }
  return due.length;
}

/** Waits, but not past an abort. */
const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);
