import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/core/errors';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { JournalOptions } from './options';

type LeaseContext = Pick<JobContext, 'tx' | 'signal' | 'jobId'>;
type Wanted = { environmentId: string; runId: string };

const WAIT_STEP_MS = 250;

export const leaseLost = () =>
  new AppError('upstream', 'Another worker took this environment over.', { code: 'lease_lost', status: 503 });
export const environmentBusy = () =>
  new AppError('upstream', 'Another change of this environment is under way.', {
    code: 'environment_busy',
    status: 503,
  });

/**
 * The right to write to one environment, as long as it is renewed. The fence is what the database checks in the same
 * statement as every write of the journal; n8n knows of no fence, so before each of its writes the clock is asked.
 */
export class EnvironmentLease {
  private deadline = 0;
  private readonly lost = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly ctx: LeaseContext,
    readonly environmentId: string,
    readonly fence: bigint,
    private readonly options: JournalOptions,
  ) {}

  /** Waits for the holder before; throws `environment_busy` when that takes too long. */
  static async take(ctx: LeaseContext, wanted: Wanted, options: JournalOptions): Promise<EnvironmentLease> {
    const giveUpAt = Date.now() + options.waitMs;
    for (;;) {
      ctx.signal.throwIfAborted();
      const askedAt = Date.now();
      const fence = await tryTake(ctx, wanted, options.leaseMs);
      if (fence !== null) {
        const lease = new EnvironmentLease(ctx, wanted.environmentId, fence, options);
        lease.deadline = askedAt + options.leaseMs;
        lease.timer = setInterval(() => void lease.renew(), options.leaseMs / 3).unref();
        return lease;
      }
      if (Date.now() >= giveUpAt) throw environmentBusy();
      await sleep(Math.min(WAIT_STEP_MS, options.leaseMs / 4));
    }
  }

  /** Aborted when the lease is lost, so that no call outlives it. */
  get signal(): AbortSignal {
    return this.lost.signal;
  }

  /** Throws when others may hold it by now, by this process's own clock: cheap enough to stand before every write. */
  assertHeld = (): void => {
    if (this.lost.signal.aborted || Date.now() >= this.deadline) throw leaseLost();
  };

  private async renew(): Promise<void> {
    if (this.options.interruption?.isFrozen()) return;
    const askedAt = Date.now();
    try {
      const held = await this.extend(this.options.leaseMs);
      if (held) this.deadline = askedAt + this.options.leaseMs;
      else this.end();
    } catch {
      // The database did not answer: the deadline stands, and the next turn tries again.
      if (Date.now() >= this.deadline) this.end();
    }
  }

  private end(): void {
    clearInterval(this.timer);
    this.lost.abort(leaseLost());
  }

  /** Lets the next one in at once; the fence stays, so that it can only grow. */
  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.extend(0);
  }

  private async extend(ms: number): Promise<boolean> {
    const rows = await this.ctx.tx(
      (db) => db.$executeRaw`
        UPDATE environment_leases SET expires_at = clock_timestamp() + ${ms} * interval '1 millisecond'
        WHERE environment_id = ${this.environmentId}::uuid AND fence = ${this.fence}
          AND expires_at > clock_timestamp()`,
    );
    return rows > 0;
  }
}

/** A run that was left in the middle keeps every other one out: its own next attempt alone may go on. */
async function tryTake(ctx: LeaseContext, { environmentId, runId }: Wanted, ms: number): Promise<bigint | null> {
  const rows = await ctx.tx(
    (db) => db.$queryRaw<{ fence: bigint }[]>`
      INSERT INTO environment_leases AS lease (environment_id, fence, run_id, holder, expires_at)
      SELECT ${environmentId}::uuid, 1, ${runId}::uuid, ${ctx.jobId}, clock_timestamp() + ${ms} * interval '1 millisecond'
      WHERE NOT EXISTS (
        SELECT FROM journal_runs WHERE environment_id = ${environmentId}::uuid AND id <> ${runId}::uuid
          AND status IN ('running', 'verifying', 'compensating'))
      ON CONFLICT (environment_id) DO UPDATE
        SET fence = lease.fence + 1, run_id = excluded.run_id, holder = excluded.holder, expires_at = excluded.expires_at
        WHERE lease.expires_at <= clock_timestamp()
      RETURNING fence`,
  );
  return rows[0]?.fence ?? null;
}
