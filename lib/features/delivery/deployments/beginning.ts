import { AppError, blocked, conflict, forbidden } from '@/lib/core/errors';
import { getPlan } from '@/lib/features/change/change-plans/service';
import { openRun } from '@/lib/features/change/journal/service';
import { type Decision, decide } from '@/lib/features/connections/environments/model';
import { toGuarded } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import type { Actor, Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { assertOpen, keepPipeline } from '../pipelines/service';
import type { StageWithEnds } from '../pipelines/store';
import { rightsOf } from '../promotions/rights';
import { assertWaiting, promotionChanged, stageOf } from '../promotions/service';
import { isApproved, lockPromotion, type PromotionRow } from '../promotions/store';
import { ACTIVE_STATUSES } from './model';
import { deploymentRun } from './run-jobs';
import { deploymentChanged, keepPlanned } from './store';

/** Throws what keeps this person from executing: over, blocked by problems or a hold, not approved, not theirs to do. */
export async function assertExecutable(db: TenantDb, principal: Principal, row: PromotionRow): Promise<void> {
  assertWaiting(row);
  const stage = await stageOf(db, row);
  const { execute } = await rightsOf(db, principal, row, stage);
  if (execute.allowed) return;
  if (row.status === 'pending')
    throw blocked(execute.reason!, 'problems', 'Solve them and refresh.', 'promotion_blocked');
  if (row.status === 'pending_approval') {
    throw blocked(execute.reason!, 'approval', 'An admin or an approver of the stage.', 'approval_required');
  }
  if (stage) await assertStageAllows(db, row, stage);
  throw forbidden(execute.reason!, 'may_not_execute');
}

/**
 * Turns an approved promotion into its one deployment. Of many who come at once one does; the others get `conflict`.
 * `planDigest` is the plan that was just found to hold.
 */
export async function beginDeployment(db: TenantDb, seen: Pick<PromotionRow, 'id' | 'planDigest'>, actor: Actor) {
  const row = await lockPromotion(db, seen.id);
  assertWaiting(row);
  if (row.planDigest !== seen.planDigest)
    throw conflict('The plan was made anew meanwhile. Look again.', 'plan_changed');
  if (row.status !== 'approved' && row.status !== 'scheduled') {
    throw conflict(`This promotion is ${row.status.replaceAll('_', ' ')}.`, 'promotion_changed');
  }
  await assertStillMeant(db, row);
  await assertTargetFree(db, row.targetEnvironmentId);
  const { sourceEnvironmentId, targetEnvironmentId, planId } = row;
  const deployment = await db.deployment.create({
    data: {
      ...{ kind: 'promotion', status: 'pending', promotionId: row.id, planId: planId!, actor },
      ...{ sourceEnvironmentId, targetEnvironmentId, route: row.route as object },
    },
  });
  await keepPlanned(db, deployment.id, await getPlan(db, planId!), await targetsBefore(db, row.id));
  const jobId = await startRun(db, deployment);
  await db.promotion.update({ where: { id: row.id }, data: { status: 'running', version: { increment: 1 } } });
  db.emit(promotionChanged(row));
  return { deploymentId: deployment.id, jobId };
}

/**
 * What was decided about the way and its ends since the plan was made counts: that the pipeline is out of use, the hold of
 * the stage, its approval, their policy.
 */
async function assertStillMeant(db: TenantDb, row: PromotionRow): Promise<void> {
  if (row.pipelineId) await keepPipeline(db, row.pipelineId);
  const stage = await stageOf(db, row);
  if (!stage) throw blocked('Its stage has been removed.', 'stage_removed', 'Begin another promotion.');
  await assertStageAllows(db, row, stage);
  // Who may was asked before; left are the classes and policies of both ends, which bind everybody.
  const source = await getEnvironmentRow(db, row.sourceEnvironmentId);
  const target = await getEnvironmentRow(db, row.targetEnvironmentId);
  assertDecided(decide('promoteFrom', toGuarded(source), 'admin'));
  assertDecided(decide('promoteTo', toGuarded(target), 'admin'));
}

async function assertStageAllows(db: TenantDb, row: PromotionRow, stage: StageWithEnds): Promise<void> {
  assertOpen(stage);
  if (!stage.requireApproval || (await isApproved(db, row))) return;
  const detail = 'Its stage asks for an approval by now, and nobody has approved it.';
  throw blocked(detail, 'approval', 'Refresh it; then an admin or an approver of the stage.', 'approval_required');
}

function assertDecided({ allowed, detail, rule, allowedBy }: Decision): void {
  if (!allowed) throw blocked(detail!, rule!, allowedBy!, 'action_not_allowed');
}

/** One at a time in an environment; the journal's lease would keep the second waiting. */
export async function assertTargetFree(db: TenantDb, targetEnvironmentId: string): Promise<void> {
  await db.$queryRaw`SELECT id FROM environments WHERE id = ${targetEnvironmentId}::uuid FOR UPDATE`;
  const busy = await db.deployment.findFirst({ where: { targetEnvironmentId, status: { in: [...ACTIVE_STATUSES] } } });
  if (!busy) return;
  throw new AppError('conflict', 'Another deployment writes to this environment.', {
    code: 'target_busy',
    errors: [{ path: 'deploymentId', message: busy.id }],
  });
}

async function targetsBefore(db: TenantDb, promotionId: string): Promise<Map<string, RemoteWorkflow | null>> {
  const rows = await db.promotionWorkflow.findMany({
    where: { promotionId },
    select: { lineageId: true, targetBefore: true },
  });
  return new Map(rows.map(({ lineageId, targetBefore }) => [lineageId, targetBefore as RemoteWorkflow | null]));
}

type Startable = { id: string; planId: string; targetEnvironmentId: string; promotionId: string | null };

/** Opens the run of its plan and hands it to a worker. Returns the job's id. */
export async function startRun(
  db: TenantDb,
  { id, planId, targetEnvironmentId, promotionId }: Startable,
): Promise<string> {
  const runId = await openRun(db, { planId });
  const resource = { type: 'deployment', id };
  const { jobId } = await db.enqueue(
    deploymentRun,
    { deploymentId: id },
    { environmentId: targetEnvironmentId, resource },
  );
  await db.deployment.update({ where: { id }, data: { runId, jobId, status: 'pending', startedAt: new Date() } });
  db.emit(deploymentChanged({ id, targetEnvironmentId, promotionId }));
  return jobId;
}
