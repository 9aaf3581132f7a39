import { blocked, conflict, invalidField } from '@/lib/core/errors';
import { ById } from '@/lib/core/schema';
import { storeContext } from '@/lib/features/change/approved-state/service';
import { assertAllowed } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow, toRef } from '@/lib/features/connections/environments/store';
import type { TenantContext } from '@/lib/kernel/context';
import { operation } from '@/lib/kernel/operation';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { assertVersion } from '@/lib/kernel/version';
import { askingOf, openStage } from '../pipelines/service';
import type { StageWithEnds } from '../pipelines/store';
import { expiryOf, needsAdmin, statusOf } from './model';
import { personOf } from './people';
import { type Planned, planPromotion } from './planning';
import { readDecider } from './rights';
import {
  ByPromotionWorkflow,
  type Choice,
  ChooseForPromotion,
  ComparePromotion,
  InitiatePromotion,
  ListPromotions,
  Promotion,
  PromotionDiff,
  PromotionPage,
  PromotionRequest,
  StageComparison,
} from './schema';
import { assertWaiting, describePromotion, promotionChanged, replacePlan } from './service';
import { compareStage } from './stage-comparison';
import { getPromotionRow, keepPlan, keepWorkflows, listPromotionRows, lockPromotion, readDiff } from './store';

export const listPromotions = operation({
  name: 'promotion.list',
  summary: 'List promotions, the newest first',
  input: ListPromotions,
  output: PromotionPage,
  status: 200,
  permission: 'promotion:read',
  effect: 'read',
  run: (ctx, query) =>
    ctx.tx(async (db) => listPromotionRows(db, query, query.decidable ? await readDecider(db, ctx.principal) : null)),
});

export const getPromotion = operation({
  name: 'promotion.get',
  summary: 'Get a promotion with its plan, its readiness board and what may be done with it',
  input: ById,
  output: Promotion,
  status: 200,
  permission: 'promotion:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx((db) => describePromotion(db, ctx.principal, id)),
});

export const getPromotionDiff = operation({
  name: 'promotion.diff',
  summary: 'Get both sides of one workflow of a promotion',
  input: ByPromotionWorkflow,
  output: PromotionDiff,
  status: 200,
  permission: 'promotion:read',
  effect: 'read',
  run: (ctx, { id, lineageId }) => ctx.tx((db) => readDiff(db, id, lineageId)),
});

export const comparePromotion = operation({
  name: 'promotion.compare',
  summary: 'Compare both ends of a stage, as the inventory knows them',
  input: ComparePromotion,
  output: StageComparison,
  status: 200,
  permission: 'promotion:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => compareStage(db, query)),
});

export const initiatePromotion = operation({
  name: 'promotion.initiate',
  summary: 'Plan the promotion of workflows through a stage',
  description:
    'Reads both instances, compares, pulls in what is needed and missing, and makes the literal plan. Nothing is written to an instance.',
  input: InitiatePromotion,
  output: Promotion,
  status: 201,
  permission: 'promotion:write',
  feature: 'workflow_ci_cd',
  rateClass: 'expensive',
  asksInstance: true,
  effect: 'write',
  audit: 'promotion.initiated',
  async run(ctx, { pipelineId, stageId, scheduledAt: when, ...request }) {
    const scheduledAt = when ? new Date(when) : null;
    if (scheduledAt && scheduledAt <= new Date()) throw invalidField('scheduledAt', 'This has passed.', 'in_the_past');
    const stage = await ctx.tx((db) => openStage(db, { pipelineId, stageId }));
    await ctx.tx((db) => assertMayPromote(ctx, db, stage, scheduledAt));
    const planned = await planPromotion(storeContext(ctx), stage, request);
    assertCarried(planned, request.choices);
    return ctx.tx(async (db) => {
      const { requireApproval, graceSeconds, pipeline, source, target } = await openStage(db, {
        pipelineId,
        stageId,
      });
      const { problems } = planned;
      const row = await db.promotion.create({
        data: {
          ...{ pipelineId, stageId, scheduledAt, request },
          sourceEnvironmentId: source.id,
          targetEnvironmentId: target.id,
          route: { pipelineName: pipeline.name, source: toRef(source), target: toRef(target) },
          status: statusOf({ problems, requireApproval, isApproved: false, scheduledAt }),
          expiresAt: expiryOf({ now: new Date(), scheduledAt, graceSeconds }),
          createdBy: ctx.principal.actor,
          createdById: await personOf(db, ctx.principal),
          ...(await keepPlan(db, planned)),
        },
      });
      await keepWorkflows(db, row.id, planned);
      const label = `${source.name} → ${target.name}`;
      const { planDigest, status } = row;
      db.audit({ target: { type: 'promotion', id: row.id, label }, details: { ...request, planDigest, status } });
      db.emit(promotionChanged(row));
      return describePromotion(db, ctx.principal, row.id);
    });
  },
});

/** A schedule is executed by nobody: who sets it must be somebody who could execute. */
async function assertMayPromote(ctx: TenantContext, db: TenantDb, stage: StageWithEnds, scheduledAt: Date | null) {
  assertAllowed(ctx.principal, await getEnvironmentRow(db, stage.sourceEnvironmentId), 'promoteFrom');
  assertAllowed(ctx.principal, await getEnvironmentRow(db, stage.targetEnvironmentId), 'promoteTo');
  if (!scheduledAt || !needsAdmin(stage) || askingOf(ctx.principal).isAdmin) return;
  const detail = 'What goes to production without an approval is scheduled by an admin.';
  throw blocked(detail, 'admin_executes', 'An admin, or a stage that asks for approval.');
}

export const refreshPromotion = operation({
  name: 'promotion.refresh',
  summary: 'Make the plan of a promotion anew',
  description: 'What was approved counts on only when the plan is the very same.',
  input: ById,
  output: Promotion,
  status: 200,
  permission: 'promotion:write',
  rateClass: 'expensive',
  versioned: true,
  asksInstance: true,
  effect: 'write',
  audit: 'promotion.refreshed',
  run: (ctx, { id }) => replan(ctx, id, []),
});

export const chooseForPromotion = operation({
  name: 'promotion.choose',
  summary: 'Decide what happens to workflows that were changed in the target',
  description: 'Also whether a workflow is published afterwards. The plan is made anew; who chose does not approve it.',
  input: ChooseForPromotion,
  output: Promotion,
  status: 200,
  permission: 'promotion:write',
  rateClass: 'expensive',
  versioned: true,
  asksInstance: true,
  effect: 'write',
  audit: 'promotion.chosen',
  run: (ctx, { id, choices }) => replan(ctx, id, choices),
});

async function replan(ctx: TenantContext, id: string, added: readonly Choice[]): Promise<Promotion> {
  const seen = await ctx.tx(async (db) => {
    const row = await getPromotionRow(db, id);
    assertVersion(row, ctx.ifMatch);
    assertWaiting(row);
    return row;
  });
  const { workflowIds, choices } = PromotionRequest.parse(seen.request);
  const request = { workflowIds, choices: merge(choices, added) };
  const planned = await planPromotion(storeContext(ctx), seen, request);
  assertCarried(planned, added);
  return ctx.tx(async (db) => {
    const row = await lockPromotion(db, id);
    assertWaiting(row);
    if (row.version !== seen.version)
      throw conflict('Somebody else changed it meanwhile. Look again.', 'promotion_changed');
    const shaper = added.length > 0 ? await personOf(db, ctx.principal) : null;
    await replacePlan(db, row, { planned, request, shaper });
    const details = { choices: added, before: seen.planDigest, after: planned.plan?.digest ?? null };
    db.audit({ target: { type: 'promotion', id }, details });
    return describePromotion(db, ctx.principal, id);
  });
}

/** Turns back a choice about something that the promotion does not carry: it would have no effect, and nobody would know. */
function assertCarried({ members }: Planned, choices: readonly Choice[]): void {
  const carried = new Set(members.map(({ source }) => source.id));
  const at = choices.findIndex(({ workflowId }) => !carried.has(workflowId));
  if (at < 0) return;
  const message = 'The promotion does not carry this workflow.';
  throw invalidField(`choices.${at}.workflowId`, message, 'not_in_promotion');
}

/** A later choice about a workflow joins the earlier one, field by field. */
function merge(before: readonly Choice[], added: readonly Choice[]): Choice[] {
  const choices = new Map(before.map((choice) => [choice.workflowId, choice]));
  for (const choice of added) choices.set(choice.workflowId, { ...choices.get(choice.workflowId), ...choice });
  return [...choices.values()];
}
