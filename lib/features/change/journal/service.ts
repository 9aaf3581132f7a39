import { notFound } from '@/lib/core/errors';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { getPlan } from '../change-plans/service';
import type { Run, RunStatus, RunStep, StopRequest } from './schema';

/** Makes the run of a plan, or finds the one it has: a plan runs once, however often this is called. */
export async function openRun(db: TenantDb, { planId }: { planId: string }): Promise<string> {
  const { environmentId, steps } = await getPlan(db, planId);
  const made = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO journal_runs (id, plan_id, environment_id, known_ids)
    VALUES (gen_random_uuid(), ${planId}::uuid, ${environmentId}::uuid, '{}')
    ON CONFLICT (tenant_id, plan_id) DO NOTHING RETURNING id`;
  if (!made[0]) {
    const { id } = await db.journalRun.findFirstOrThrow({ where: { planId }, select: { id: true } });
    return id;
  }
  const runId = made[0].id;
  await db.journalStep.createMany({
    data: steps.map(({ position, key, action, workflowId }) => ({ runId, position, key, action, n8nId: workflowId })),
  });
  return runId;
}

/**
 * Asks a run to take no further step and to take back what it wrote; the first who asks is remembered. False: everything is
 * written by now, or it is being taken back.
 */
export async function askToStop(db: TenantDb, id: string, request: Omit<StopRequest, 'at'>): Promise<boolean> {
  const asked: StopRequest = { ...request, at: new Date().toISOString() };
  const rows = await db.$executeRaw`
    UPDATE journal_runs SET stop_asked = coalesce(stop_asked, ${JSON.stringify(asked)}::jsonb)
    WHERE id = ${id}::uuid AND status IN ('pending', 'running')`;
  return rows > 0;
}

/** Whether it has begun and not ended: nobody else writes to its environment, and it will be taken up again. */
export const isUnderWay = async (db: TenantDb, id: string): Promise<boolean> =>
  (await db.journalRun.count({ where: { id, status: { in: ['running', 'verifying', 'compensating'] } } })) > 0;

/** How far it is. */
/** Ends a run that never began, for good. */
export const endUnbegun = (db: TenantDb, id: string) =>
  db.journalRun.updateMany({ where: { id, status: 'pending' }, data: { status: 'failed', finishedAt: new Date() } });

export const runStatusOf = async (db: TenantDb, id: string): Promise<RunStatus> =>
  (await db.journalRun.findUniqueOrThrow({ where: { id }, select: { status: true } })).status as RunStatus;

/** Phases of a run that what it carries out shows as its own status. */
export const PHASES = ['verifying', 'compensating'] as const;
export type Phase = (typeof PHASES)[number];

/** Which of these runs are in one of the phases, by the run's id. */
export async function phasesOf(db: TenantDb, runIds: readonly string[]): Promise<Map<string, Phase>> {
  if (runIds.length === 0) return new Map();
  const where = { id: { in: [...runIds] }, status: { in: [...PHASES] } };
  const rows = await db.journalRun.findMany({ where, select: { id: true, status: true } });
  return new Map(rows.map(({ id, status }) => [id, status as Phase]));
}

/** The runs that are in a phase now: a handful at any time, one an environment. */
export async function runsIn(db: TenantDb, phases: readonly Phase[]): Promise<string[]> {
  const rows = await db.journalRun.findMany({ where: { status: { in: [...phases] } }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** A run as pages show it: every step of its plan, and how far it came. Throws `not_found`. */
export async function getRun(db: TenantDb, id: string): Promise<Run> {
  const row = await db.journalRun.findUnique({
    where: { id },
    include: {
      plan: { select: { steps: true } },
      steps: { orderBy: { position: 'asc' }, omit: { preImage: true } },
    },
  });
  if (!row) throw notFound('run');
  const planned = new Map((row.plan.steps as RunStep[]).map((step) => [step.position, step]));
  const steps = row.steps.map((step) => {
    const { name, method, path, precondition, reversible, interruption } = planned.get(step.position)!;
    const { position, key, action, status, n8nId, attempts, problem, notes } = step;
    return {
      ...{ position, key, name, action, method, path, precondition, reversible, interruption },
      ...{ status, n8nId, attempts, problem, notes },
      intendedAt: iso(step.intendedAt),
      appliedAt: iso(step.appliedAt),
      undoneAt: iso(step.undoneAt),
    } as RunStep;
  });
  const { planId, environmentId, status, problems } = row;
  return {
    ...{ id, planId, environmentId, steps },
    status: status as Run['status'],
    problems: problems as Run['problems'],
    stopAsked: row.stopAsked as StopRequest | null,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
