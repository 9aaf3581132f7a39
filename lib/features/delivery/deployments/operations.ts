import { conflict } from '@/lib/core/errors';
import { ById } from '@/lib/core/schema';
import { storeContext } from '@/lib/features/change/approved-state/service';
import { savePlan } from '@/lib/features/change/change-plans/service';
import { operation } from '@/lib/kernel/operation';
import type { Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { holdStage } from '../pipelines/service';
import { recheck } from '../promotions/service';
import { getPromotionRow } from '../promotions/store';
import { assertExecutable, assertTargetFree, beginDeployment, startRun } from './beginning';
import { readDocuments } from './documents';
import {
  assertMayRollBack,
  assertNotRolledBack,
  assertOverwritable,
  draftRollback,
  type RollbackDraft,
  refusalToRollBack,
} from './rolling-back';
import {
  ByDeployedWorkflow,
  DeployedDocuments,
  Deployment,
  DeploymentPage,
  ExecutionReceipt,
  ListDeployments,
  RollBackDeployment,
  Rollback,
  StopDeployment,
} from './schema';
import { refusalToStop, stop } from './stopping';
import {
  type DeploymentRow,
  deploymentChanged,
  describeDeployment,
  getDeploymentRow,
  keepPlanned,
  listDeploymentRows,
  lockDeployment,
  promotionOf,
  rollbackOf,
} from './store';

export const listDeployments = operation({
  name: 'deployment.list',
  summary: 'List deployments and rollbacks, the newest first',
  input: ListDeployments,
  output: DeploymentPage,
  status: 200,
  permission: 'deployment:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listDeploymentRows(db, query)),
});

export const getDeployment = operation({
  name: 'deployment.get',
  summary: 'Get a deployment: its journal, and what came of each workflow',
  input: ById,
  output: Deployment,
  status: 200,
  permission: 'deployment:read',
  effect: 'read',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      return describeFor(db, ctx.principal, await getDeploymentRow(db, id));
    }),
});

async function describeFor(db: TenantDb, principal: Principal, row: DeploymentRow): Promise<Deployment> {
  const possible = (reason: string | null) => ({ allowed: reason === null, reason });
  const can = {
    rollback: possible(await refusalToRollBack(db, principal, row)),
    stop: possible(await refusalToStop(db, principal, row)),
  };
  return { ...(await describeDeployment(db, row)), can };
}

export const getDeployedDocuments = operation({
  name: 'deployment.workflow',
  summary: 'Get one workflow of a deployment as it was before, and as it was planned',
  input: ByDeployedWorkflow,
  output: DeployedDocuments,
  status: 200,
  permission: 'deployment:read',
  effect: 'read',
  run: (ctx, { id, key }) => ctx.tx((db) => readDocuments(db, id, key)),
});

export const executePromotion = operation({
  name: 'promotion.execute',
  summary: 'Execute an approved promotion',
  description: 'Once. The plan is made again first: what moved since it was approved voids it, and nothing is written.',
  input: ById,
  output: ExecutionReceipt,
  status: 202,
  permission: 'promotion:write',
  feature: 'workflow_ci_cd',
  asksInstance: true,
  effect: 'write',
  audit: 'promotion.executed',
  async run(ctx, { id }) {
    const seen = await ctx.tx(async (db) => {
      const row = await getPromotionRow(db, id);
      await assertExecutable(db, ctx.principal, row);
      return row;
    });
    await recheck(storeContext(ctx), seen);
    return ctx.tx(async (db) => {
      const begun = await beginDeployment(db, seen, ctx.principal.actor);
      db.audit({ target: { type: 'promotion', id }, details: { ...begun, planDigest: seen.planDigest } });
      return begun;
    });
  },
});

export const stopDeployment = operation({
  name: 'deployment.stop',
  summary: 'Stop a running deployment after the step that it is at',
  description:
    'What it wrote is taken back. Once everything is written there is nothing to stop: roll it back instead.',
  input: StopDeployment,
  output: Deployment,
  status: 202,
  // Developers hold it; whether this one may is decided by `stop`: who started it, admins and the approvers of the stage.
  permission: 'promotion:write',
  effect: 'write',
  audit: 'deployment.stop-asked',
  run: (ctx, { id, reason }) =>
    ctx.tx(async (db) => {
      const row = await lockDeployment(db, id);
      await stop(db, ctx.principal, row, reason);
      db.audit({ target: { type: 'deployment', id }, details: { reason } });
      db.emit(deploymentChanged(row));
      return describeFor(db, ctx.principal, row);
    }),
});

export const rollBackDeployment = operation({
  name: 'deployment.rollback',
  summary: 'Plan to undo a deployment; run it only when asked',
  description:
    'Brings the target back to what it was, from what stands there now. Running it puts the stage on hold until somebody resumes it.',
  input: RollBackDeployment,
  output: Rollback,
  status: 201,
  // Developers hold it; whether this one may is decided by `refusalToRollBack`: admins and the approvers of the stage.
  permission: 'promotion:write',
  rateClass: 'expensive',
  asksInstance: true,
  effect: 'write',
  audit: 'deployment.rollback-planned',
  async run(ctx, { id, execute, overwrite, reason, planDigest }) {
    const seen = await ctx.tx(async (db) => {
      const row = await getDeploymentRow(db, id);
      await assertMayRollBack(db, ctx.principal, row);
      return row;
    });
    const draft = await draftRollback(storeContext(ctx), seen);
    if (execute && planDigest && planDigest !== draft.plan.digest) {
      throw conflict('The target moved since this rollback was shown. Look at it again.', 'plan_changed');
    }
    if (execute) assertOverwritable(draft, overwrite);
    return ctx.tx(async (db) => {
      const row = await lockDeployment(db, id);
      assertNotRolledBack(row);
      const rollback = await keepRollback(db, row, draft, ctx.principal.actor);
      const jobId = execute ? await begin(db, row, rollback, reason) : null;
      const { digest, steps } = draft.plan;
      db.audit({
        action: execute ? 'deployment.rollback-started' : undefined,
        target: { type: 'deployment', id },
        details: { rollbackId: rollback.id, planDigest: digest, overwrite, reason },
      });
      return {
        ...{ id: rollback.id, rollbackOfId: id, plan: { digest, steps }, problems: draft.problems, jobId },
        status: execute ? ('pending' as const) : ('planned' as const),
      };
    });
  },
});

async function keepRollback(db: TenantDb, row: DeploymentRow, { plan, before }: RollbackDraft, actor: object) {
  const planId = await savePlan(db, plan);
  const { targetEnvironmentId, sourceEnvironmentId, route } = row;
  const data = { planId, actor, status: 'planned' as const };
  const shown = rollbackOf(row);
  const made =
    shown?.status === 'planned'
      ? await db.deployment.update({ where: { id: shown.id }, data })
      : await db.deployment.create({
          data: {
            ...{ ...data, kind: 'rollback', rollbackOfId: row.id },
            ...{ targetEnvironmentId, sourceEnvironmentId, route: route as object },
          },
        });
  await keepPlanned(db, made.id, plan, before);
  db.emit(deploymentChanged(made));
  db.emit(deploymentChanged(row));
  return made;
}

/** The stage is held first: nothing is promoted over what is being taken back. */
async function begin(db: TenantDb, row: DeploymentRow, rollback: Parameters<typeof startRun>[1], reason?: string) {
  await assertTargetFree(db, row.targetEnvironmentId);
  const stageId = promotionOf(row)?.stageId;
  const why = reason ?? 'A deployment was rolled back.';
  if (stageId) await holdStage(db, stageId, { reason: why, deploymentId: rollback.id });
  return startRun(db, rollback);
}
