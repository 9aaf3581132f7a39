import { blocked, notFound } from '@/lib/core/errors';
import type { Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Asking } from './model';
import { findStageRow, type StageWithEnds } from './store';

export const askingOf = ({ user, permissions }: Principal): Asking => ({
  userId: user?.id ?? null,
  isAdmin: permissions.has('promotion:approve'),
});

/** A stage that something may be promoted through now; `blocked` says why not. Holds the pipeline against changes. */
export async function openStage(db: TenantDb, ids: { pipelineId: string; stageId: string }): Promise<StageWithEnds> {
  if (!(await keepPipeline(db, ids.pipelineId))) throw notFound('pipeline', 'pipelineId');
  const stage = await findStageRow(db, { id: ids.pipelineId, stageId: ids.stageId });
  if (!stage) throw notFound('stage', 'stageId');
  assertOpen(stage);
  return stage;
}

/** Nobody changes the pipeline until the transaction ends; false: there is none. */
export async function keepPipeline(db: TenantDb, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`SELECT id FROM pipelines WHERE id = ${id}::uuid FOR SHARE`;
  return rows.length > 0;
}

type Closed = { code: string; detail: string; allowedBy: string };

/** Why nothing goes through a stage now; null while it may. */
export function closedBecause({ heldAt, heldReason, target, pipeline }: StageWithEnds): Closed | null {
  if (!pipeline.isActive) {
    const allowedBy = 'An admin can put the pipeline into use.';
    return { code: 'pipeline_inactive', detail: `${pipeline.name} is not active.`, allowedBy };
  }
  if (!heldAt) return null;
  const detail = `Promotions to ${target.name} are on hold: ${heldReason}`;
  return { code: 'stage_on_hold', detail, allowedBy: 'An admin or an approver of the stage can resume it.' };
}

export function assertOpen(stage: StageWithEnds): void {
  const closed = closedBecause(stage);
  if (closed) throw blocked(closed.detail, closed.code, closed.allowedBy);
}

/** Puts a stage on hold, once: the first reason stands until somebody resumes it. */
export async function holdStage(db: TenantDb, stageId: string, hold: { reason: string; deploymentId: string }) {
  const [held] = await db.pipelineStage.updateManyAndReturn({
    where: { id: stageId, heldAt: null },
    data: { heldAt: new Date(), heldReason: hold.reason, heldByDeploymentId: hold.deploymentId },
    select: { pipelineId: true },
  });
  if (held) db.emit({ type: 'pipeline.changed', subject: held.pipelineId });
}
