import { notFound } from '@/lib/core/errors';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { ChangePlan } from '../change-plans/plan';
import type { PlanStep, Target } from '../change-plans/schema';
import { getPlan } from '../change-plans/service';
import { type EnvironmentLease, leaseLost } from './lease';
import type { RunOutcome } from './outcome';
import type { RunProblem, RunStatus, StepStatus, StopRequest } from './schema';

/** A step of the plan together with what the journal knows of it. */
export type StepRow = PlanStep & {
  status: StepStatus;
  n8nId: string | null;
  attempts: number;
  preImage: RemoteWorkflow | null;
  /** Null where nothing was, or nothing is to be. */
  before: Target | null;
  after: Target | null;
  /** `seenAt`: the `updatedAt` of what `from` tells. `since`: when taking it back began. */
  undo: { from: Target | null; to: Target | null; seenAt?: string; since?: string } | null;
  problem: RunProblem | null;
  notes: string[];
};

export type StepChange = Partial<
  Pick<StepRow, 'status' | 'n8nId' | 'attempts' | 'preImage' | 'before' | 'after' | 'undo' | 'problem' | 'notes'>
>;

export type LoadedRun = {
  id: string;
  environmentId: string;
  status: RunStatus;
  problems: RunProblem[];
  outcome: RunOutcome | null;
  /** Null until it was read. */
  knownIds: string[] | null;
  stopAsked: StopRequest | null;
  plan: ChangePlan;
  steps: StepRow[];
};

/** Everything there is of a run. Throws `not_found`. */
export async function loadRun(db: TenantDb, id: string): Promise<LoadedRun> {
  const row = await db.journalRun.findUnique({ where: { id }, include: { steps: { orderBy: { position: 'asc' } } } });
  if (!row) throw notFound('run');
  const plan = await getPlan(db, row.planId);
  const planned = new Map(plan.steps.map((step) => [step.position, step]));
  return {
    ...{ id, environmentId: row.environmentId, plan, knownIds: row.knowsIds ? row.knownIds : null },
    status: row.status as RunStatus,
    problems: row.problems as RunProblem[],
    stopAsked: row.stopAsked as StopRequest | null,
    outcome: row.outcome as RunOutcome | null,
    steps: row.steps.map(
      (step) =>
        ({
          ...planned.get(step.position)!,
          ...{ status: step.status, n8nId: step.n8nId, attempts: step.attempts, preImage: step.preImage },
          ...{ before: step.before, after: step.after, undo: step.undo, problem: step.problem, notes: step.notes },
        }) as unknown as StepRow,
    ),
  };
}

type JournalContext = Pick<JobContext, 'tx' | 'jobId'>;

/** The hand that writes into a run's journal: every statement asks for the fence, and holds the lease while it runs. */
export class Journal {
  /** What is to be written together with the next change. */
  private deferred: { step: StepRow; change: StepChange } | null = null;

  constructor(
    private readonly ctx: JournalContext,
    private readonly lease: EnvironmentLease,
    private readonly runId: string,
    /** As of the last change of a step. */
    public stopAsked: StopRequest | null = null,
  ) {}

  /**
   * Begins the run, and notes how to ask for the job that carries it once more, whatever becomes of that job. One that
   * began in the last moment of the lease before may not have been seen when this one was taken: it goes first.
   */
  async beginRun(): Promise<void> {
    await this.fenced(
      (db) => db.$executeRaw`
        WITH held AS (
          SELECT 1 FROM environment_leases WHERE environment_id = ${this.lease.environmentId}::uuid
            AND fence = ${this.lease.fence} AND expires_at > clock_timestamp() FOR SHARE)
        UPDATE journal_runs SET status = 'running', started_at = clock_timestamp(), carrier = (
          SELECT jsonb_build_object('type', type, 'input', input, 'actor', actor, 'environmentId', environment_id,
            'resource', CASE WHEN resource_id IS NOT NULL
              THEN jsonb_build_object('type', resource_type, 'id', resource_id) END)
          FROM background_jobs WHERE id = ${this.ctx.jobId}::uuid)
        FROM held WHERE id = ${this.runId}::uuid AND NOT EXISTS (
          SELECT FROM journal_runs other WHERE other.environment_id = ${this.lease.environmentId}::uuid
            AND other.id <> ${this.runId}::uuid AND other.status IN ('running', 'verifying', 'compensating'))`,
    );
  }

  /** Throws `lease_lost`, and then nothing is written. */
  async writeStep(step: StepRow, change: StepChange): Promise<void> {
    await this.fenced((db) => this.updateStep(db, step, change));
    Object.assign(step, change);
  }

  /**
   * Writes it together with the next change, in one transaction. Only for what the target itself tells whoever takes the
   * run up without having read it.
   */
  async writeStepLater(step: StepRow, change: StepChange): Promise<void> {
    await this.flush();
    this.deferred = { step: { ...step }, change };
    Object.assign(step, change);
  }

  /** Writes what waits for the next change. */
  async flush(): Promise<void> {
    if (this.deferred) await this.fenced(async () => 1);
  }

  private async updateStep(db: TenantDb, step: StepRow, change: StepChange): Promise<number> {
    const next = { ...step, ...change };
    const status = change.status ?? step.status;
    const rows = await db.$queryRaw<{ stopAsked: StopRequest | null }[]>`
        WITH held AS (
          SELECT 1 FROM environment_leases WHERE environment_id = ${this.lease.environmentId}::uuid
            AND fence = ${this.lease.fence} AND expires_at > clock_timestamp() FOR SHARE)
        UPDATE journal_steps SET status = ${status}, n8n_id = ${next.n8nId}, attempts = ${next.attempts},
          pre_image = CASE WHEN ${change.preImage !== undefined} THEN ${json(change.preImage)}::json ELSE pre_image END,
          before = ${json(next.before)}::jsonb, after = ${json(next.after)}::jsonb, undo = ${json(next.undo)}::jsonb,
          problem = ${json(next.problem)}::jsonb, notes = ${json(next.notes)}::jsonb, fence = ${this.lease.fence},
          intended_at = CASE WHEN ${change.status === 'intended'} THEN clock_timestamp() ELSE intended_at END,
          applied_at = CASE WHEN ${change.status === 'applied'} THEN clock_timestamp() ELSE applied_at END,
          undone_at = CASE WHEN ${change.status === 'undone'} THEN clock_timestamp() ELSE undone_at END
        FROM held WHERE run_id = ${this.runId}::uuid AND position = ${step.position}
        RETURNING (SELECT stop_asked FROM journal_runs WHERE id = ${this.runId}::uuid) AS "stopAsked"`;
    this.stopAsked = rows[0]?.stopAsked ?? this.stopAsked;
    return rows.length;
  }

  /** Into which workflow all steps of a key go, once it has been made. */
  async nameCreated(steps: readonly StepRow[], n8nId: string): Promise<void> {
    const positions = steps.map(({ position }) => position);
    await this.fenced(
      (db) => db.$executeRaw`
        WITH held AS (
          SELECT 1 FROM environment_leases WHERE environment_id = ${this.lease.environmentId}::uuid
            AND fence = ${this.lease.fence} AND expires_at > clock_timestamp() FOR SHARE)
        UPDATE journal_steps SET n8n_id = ${n8nId}, fence = ${this.lease.fence}
        FROM held WHERE run_id = ${this.runId}::uuid AND position = ANY(${positions})`,
    );
    for (const step of steps) step.n8nId = n8nId;
  }

  async writeRun(change: { status: RunStatus; problems?: RunProblem[]; outcome?: RunOutcome }): Promise<void> {
    const { status, problems, outcome } = change;
    await this.fenced(
      (db) => db.$executeRaw`
        WITH held AS (
          SELECT 1 FROM environment_leases WHERE environment_id = ${this.lease.environmentId}::uuid
            AND fence = ${this.lease.fence} AND expires_at > clock_timestamp() FOR SHARE)
        UPDATE journal_runs SET status = ${status},
          problems = coalesce(${json(problems)}::jsonb, problems), outcome = coalesce(${json(outcome)}::json, outcome),
          finished_at = CASE WHEN ${outcome !== undefined} THEN clock_timestamp() ELSE finished_at END
        FROM held WHERE id = ${this.runId}::uuid`,
    );
  }

  async writeKnownIds(ids: readonly string[]): Promise<void> {
    await this.fenced(
      (db) => db.$executeRaw`
        WITH held AS (
          SELECT 1 FROM environment_leases WHERE environment_id = ${this.lease.environmentId}::uuid
            AND fence = ${this.lease.fence} AND expires_at > clock_timestamp() FOR SHARE)
        UPDATE journal_runs SET known_ids = ${[...ids]}, knows_ids = true FROM held WHERE id = ${this.runId}::uuid`,
    );
  }

  private async fenced(write: (db: TenantDb) => Promise<number>): Promise<void> {
    this.lease.assertHeld();
    const { deferred } = this;
    await this.ctx.tx(async (db) => {
      if (deferred && (await this.updateStep(db, deferred.step, deferred.change)) === 0) throw leaseLost();
      if ((await write(db)) === 0) throw leaseLost();
      const payload = { runId: this.runId, environmentId: this.lease.environmentId };
      db.emit({ type: 'run.updated', subject: this.runId, payload });
    });
    this.deferred = null;
  }
}

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));
