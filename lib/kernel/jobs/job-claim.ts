import { AppError } from '@/lib/core/errors';
import type { Database, Transaction } from '../db/database';
import { writeEvents } from '../tenant-transaction';
import { SILENT_AFTER_MS } from './due-jobs';
import { jobEvent } from './job';
import type { JobProgress } from './job-context';

type Problem = { code: string; detail: string };
type Row = {
  type: string;
  input: unknown;
  checkpoint: unknown;
  actor: unknown;
  attempts: number;
  environmentId: string | null;
};

/** What ends an attempt that is no longer ours. */
export const claimLost = () => new AppError('conflict', 'Another worker took this over.', { code: 'claim_lost' });

/** The right to work on a job, as long as nobody else has taken it over: `attempt` is the fencing token. */
export class JobClaim {
  private constructor(
    private readonly database: Database,
    readonly tenantId: string,
    readonly jobId: string,
    readonly attempt: number,
    /** The row as it was when the claim was taken. */
    readonly row: Readonly<Row>,
  ) {}

  /** Null when the job is done, cancelled, not due, or held by a worker that gave a sign of life. */
  static async take(database: Database, tenantId: string, jobId: string): Promise<JobClaim | null> {
    const silentSince = new Date(Date.now() - SILENT_AFTER_MS);
    const row = await database.asTenant(tenantId, async (db) => {
      const rows = await db.$queryRaw<Row[]>`
        UPDATE background_jobs
        SET status = 'running', attempts = attempts + 1, heartbeat_at = now(), started_at = coalesce(started_at, now())
        WHERE id = ${jobId}::uuid AND cancel_requested_at IS NULL
          AND ((status = 'pending' AND run_after <= now()) OR (status = 'running' AND heartbeat_at < ${silentSince}))
        RETURNING type, input, checkpoint, actor, attempts, environment_id AS "environmentId"`;
      // A worker that died after it was asked to stop can no longer say so itself.
      const buried = rows[0]
        ? []
        : await db.$queryRaw<Pick<Row, 'environmentId'>[]>`
            UPDATE background_jobs SET status = 'cancelled', finished_at = now()
            WHERE id = ${jobId}::uuid AND status = 'running' AND cancel_requested_at IS NOT NULL
              AND heartbeat_at < ${silentSince}
            RETURNING environment_id AS "environmentId"`;
      const moved = rows[0] ?? buried[0];
      if (moved) await writeEvents(db, [jobEvent('updated', jobId, moved.environmentId)]);
      return rows[0];
    });
    if (!row) return null;
    return new JobClaim(database, tenantId, jobId, row.attempts, row);
  }

  /** A sign of life; says whether the job is still ours and still wanted. */
  async beat(): Promise<'held' | 'lost' | 'cancel'> {
    const rows = await this.database.asTenant(
      this.tenantId,
      (db) => db.$queryRaw<{ cancel: boolean }[]>`
        UPDATE background_jobs SET heartbeat_at = now()
        WHERE id = ${this.jobId}::uuid AND status = 'running' AND attempts = ${this.attempt}
        RETURNING cancel_requested_at IS NOT NULL AS cancel`,
    );
    if (!rows[0]) return 'lost';
    return rows[0].cancel ? 'cancel' : 'held';
  }

  /**
   * Undoes a transaction of an attempt that another worker has taken over. The lock makes a takeover wait for the
   * commit, or the commit for the takeover.
   */
  assertHeld = async (db: Transaction): Promise<void> => {
    const rows = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM background_jobs
      WHERE id = ${this.jobId}::uuid AND status = 'running' AND attempts = ${this.attempt} FOR SHARE`;
    if (rows.length === 0) throw claimLost();
  };

  saveProgress = (progress: JobProgress) => this.write({ progress: progress as object, heartbeatAt: new Date() });
  saveCheckpoint = (checkpoint: unknown) => this.write({ checkpoint: checkpoint as object }, { silent: true });
  complete = (result: unknown) =>
    this.write({ status: 'completed', result: (result ?? {}) as object, finishedAt: new Date() });
  fail = (error: Problem) => this.write({ status: 'failed', error, finishedAt: new Date() });
  cancel = () => this.write({ status: 'cancelled', finishedAt: new Date() });
  retryLater = (error: Problem, delayMs: number) =>
    this.write({ status: 'pending', error, runAfter: new Date(Date.now() + delayMs), dispatchedAt: null });
  release = () =>
    this.write({ status: 'pending', runAfter: new Date(), dispatchedAt: null, attempts: this.attempt - 1 });

  /** Every write of an attempt is void once the claim is lost. */
  private async write(
    data: Parameters<Transaction['backgroundJob']['updateMany']>[0]['data'],
    { silent = false } = {},
  ): Promise<void> {
    await this.database.asTenant(this.tenantId, async (db) => {
      const { count } = await db.backgroundJob.updateMany({
        where: { id: this.jobId, status: 'running', attempts: this.attempt },
        data,
      });
      if (count > 0 && !silent) await writeEvents(db, [jobEvent('updated', this.jobId, this.row.environmentId)]);
    });
  }
}
