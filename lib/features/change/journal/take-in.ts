import { AppError } from '@/lib/core/errors';
import { recountWorkflows, saveWorkflows } from '@/lib/features/inventory/workflows/cache';
import { observe } from '@/lib/features/inventory/workflows/observe';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { LinkMethod } from '../lineages/model';
import { linkWorkflow } from '../lineages/service';
import type { RunOutcome } from './outcome';

type Run = { runId: string; method: LinkMethod; actor: Actor };
type Made = { key: string; lineageId: string | null };

/**
 * What a run read back becomes what the inventory knows, as of the run's end, so that what was seen since stays; and
 * what it made takes its lineage's place. Answers the keys of what the plan makes. May be done again.
 */
export function takeIn(ctx: Pick<JobContext, 'tx'>, run: Run, outcome: RunOutcome): Promise<Set<string>> {
  return ctx.tx(async (db) => {
    const { environmentId, finishedAt } = await db.journalRun.findUniqueOrThrow({ where: { id: run.runId } });
    const remotes = outcome.workflows.flatMap(({ remote }) => remote ?? []);
    await saveWorkflows(db, environmentId, remotes.map(observe), finishedAt ?? undefined);
    await recountWorkflows(db, environmentId);
    const made = await db.$queryRaw<Made[]>`
      SELECT w ->> 'key' AS key, w ->> 'lineageId' AS "lineageId"
      FROM journal_runs r JOIN change_plans p ON p.id = r.plan_id, json_array_elements(p.workflows) w
      WHERE r.id = ${run.runId}::uuid AND w ->> 'n8nId' IS NULL`;
    if (outcome.status === 'completed') await placeMade(db, environmentId, { run, outcome, made });
    db.emit({ type: 'workflow.changed', payload: { environmentId, count: remotes.length } });
    return new Set(made.map(({ key }) => key));
  });
}

type Placing = { run: Run; outcome: RunOutcome; made: readonly Made[] };

async function placeMade(db: TenantDb, environmentId: string, { run, outcome, made }: Placing): Promise<void> {
  const n8nIds = new Map(outcome.workflows.map(({ key, remote }) => [key, remote?.id]));
  const lineageIds = made.flatMap(({ lineageId }) => lineageId ?? []);
  const lineages = await db.lineage.findMany({ where: { id: { in: lineageIds } }, select: { id: true } });
  const known = new Set(lineages.map(({ id }) => id));
  for (const { key, lineageId } of made) {
    const n8nId = n8nIds.get(key);
    if (!n8nId || !lineageId || !known.has(lineageId)) continue;
    const where = { environmentId, n8nId };
    const { id: workflowId } = await db.workflow.findFirstOrThrow({ where, select: { id: true } });
    const { method, actor } = run;
    await linkWorkflow(db, { workflowId, lineageId, method, actor }).catch(decided);
  }
}

/** Who linked it otherwise meanwhile has decided; what was written stands all the same. */
function decided(error: unknown): void {
  if (!(error instanceof AppError) || error.kind !== 'conflict') throw error;
}
