import { AppError, blocked, conflict } from '@/lib/core/errors';
import type { StoreContext } from '@/lib/features/change/approved-state/store-context';
import { getPlan } from '@/lib/features/change/change-plans/service';
import type { Actor, Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { getStageRow, type StageWithEnds } from '../pipelines/store';
import { expiryOf, isWaiting, type Problem, statusOf } from './model';
import { type Movement, movements } from './movement';
import { type Planned, planPromotion } from './planning';
import { rightsOf } from './rights';
import { type Promotion, PromotionRequest } from './schema';
import {
  getPromotionRow,
  keepPlan,
  keepWorkflows,
  lockPromotion,
  type PromotionRow,
  problemsOf,
  readWorkflows,
  summarize,
} from './store';

export const promotionChanged = ({ id, targetEnvironmentId }: Pick<PromotionRow, 'id' | 'targetEnvironmentId'>) => ({
  type: 'promotion.changed',
  subject: id,
  payload: { environmentId: targetEnvironmentId },
});

/** Null when the stage was removed since. */
export async function stageOf(db: TenantDb, { pipelineId, stageId }: PromotionRow): Promise<StageWithEnds | null> {
  return pipelineId && stageId ? getStageRow(db, { id: pipelineId, stageId }) : null;
}

/** Everything the page of a promotion needs. */
export async function describePromotion(db: TenantDb, principal: Principal, id: string): Promise<Promotion> {
  const row = await getPromotionRow(db, id);
  const stage = await stageOf(db, row);
  const plan = row.planId ? await getPlan(db, row.planId) : null;
  const decisions = await db.promotionDecision.findMany({ where: { promotionId: id }, orderBy: { at: 'asc' } });
  const [summary] = await summarize(db, [row]);
  return {
    ...summary!,
    requireApproval: stage?.requireApproval ?? false,
    plan: plan && { digest: plan.digest, steps: plan.steps, madeAt: row.plannedAt.toISOString() },
    problems: problemsOf(row),
    workflows: await readWorkflows(db, id),
    decisions: decisions.map(({ verdict, comment, actor, at, planDigest }) => ({
      ...{ verdict, comment, actor: actor as Actor, at: at.toISOString() },
      counts: planDigest === row.planDigest,
    })),
    can: await rightsOf(db, principal, row, stage),
  };
}

/** Puts a newly made plan in the place of the one before. What was approved counts only for the very same plan. */
export async function replacePlan(
  db: TenantDb,
  row: PromotionRow,
  { planned, request, shaper }: { planned: Planned; request: PromotionRequest; shaper: string | null },
): Promise<void> {
  const stage = await stageOf(db, row);
  if (!stage) throw blocked('Its stage has been removed.', 'stage_removed', 'Begin another promotion.');
  const digest = planned.plan?.digest ?? null;
  const approval = digest
    ? await db.promotionDecision.findFirst({ where: { promotionId: row.id, planDigest: digest, verdict: 'approved' } })
    : null;
  const { problems } = planned;
  const { requireApproval, graceSeconds } = stage;
  const { scheduledAt } = row;
  const status = statusOf({ problems, requireApproval, isApproved: approval !== null, scheduledAt });
  const expiresAt = expiryOf({ now: new Date(), scheduledAt, graceSeconds });
  await keepWorkflows(db, row.id, planned);
  const plan = await keepPlan(db, planned);
  const shaperIds = shaper ? [...new Set([...row.shaperIds, shaper])] : row.shaperIds;
  await db.promotion.update({
    where: { id: row.id },
    data: { ...plan, request, shaperIds, status, expiresAt, version: { increment: 1 } },
  });
  db.emit(promotionChanged(row));
}

/** Turns back who comes too late: over, run, or out of date. */
export function assertWaiting(row: PromotionRow): void {
  if (!isWaiting(row.status)) {
    throw conflict(`This promotion is ${row.status.replaceAll('_', ' ')}.`, `promotion_${row.status}`);
  }
  if (row.expiresAt <= new Date()) {
    throw conflict('This promotion has expired: what it would do was planned too long ago.', 'promotion_expired');
  }
}

/**
 * Makes the plan again from what stands now. Any movement of the source, the target or a binding voids the one that was
 * looked at: the promotion waits for a refresh, and the conflict says what moved.
 */
export async function recheck(ctx: StoreContext, row: PromotionRow): Promise<Planned> {
  const request = PromotionRequest.parse(row.request);
  const planned = await planPromotion(ctx, row, request);
  const before = await ctx.tx((db) => readWorkflows(db, row.id));
  const now = { planDigest: planned.plan?.digest ?? null, workflows: planned.workflows };
  const moved = movements({ planDigest: row.planDigest, workflows: before }, now);
  const arisen = planned.problems.filter(({ severity }) => severity === 'blocking');
  if (moved.length === 0 && arisen.length === 0) return planned;
  await ctx.tx((db) => voidPlan(db, row, [...moved.map(toProblem), ...planned.problems]));
  const lines = [
    ...moved.map(({ name, what }) => `${name}: ${what}`),
    ...arisen.map(({ name, detail }) => `${name ?? 'The target'}: ${detail}`),
  ];
  throw new AppError('conflict', `The plan no longer holds. ${lines[0]}`, {
    code: 'plan_moved',
    errors: lines.map((message) => ({ path: '', message })),
  });
}

const toProblem = ({ lineageId, workflowId, name, what }: Movement): Problem => ({
  ...{ code: 'plan_moved', severity: 'blocking', lineageId, workflowId, name, detail: what },
  remedy: 'Refresh the promotion and look at the new plan.',
});

async function voidPlan(db: TenantDb, seen: PromotionRow, problems: Problem[]): Promise<void> {
  const row = await lockPromotion(db, seen.id);
  if (!isWaiting(row.status) || row.planDigest !== seen.planDigest) return;
  const data = { status: 'pending' as const, problems: problems as object[], version: { increment: 1 } };
  await db.promotion.update({ where: { id: row.id }, data });
  db.audit({
    action: 'promotion.voided',
    target: { type: 'promotion', id: row.id },
    details: { planDigest: row.planDigest, problems: problems.slice(0, 20) },
  });
  db.emit(promotionChanged(row));
}
