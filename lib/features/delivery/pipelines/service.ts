import { blocked, notFound } from '@/lib/core/errors';
import type { Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Asking } from './model';
import { findStageRow, type StageWithEnds } from './store';

export const askingOf = ({ user, permissions }: Principal): Asking => ({
  userId: user?.id ?? null,
  isAdmin: permissions.has('promotion:approve'),
});

export type OpenStage = StageWithEnds & { pipelineName: string };

/** A stage that something may be promoted through now; `blocked` says why not. Holds the pipeline against changes. */
export async function openStage(db: TenantDb, ids: { pipelineId: string; stageId: string }): Promise<OpenStage> {
  await db.$queryRaw`SELECT id FROM pipelines WHERE id = ${ids.pipelineId}::uuid FOR SHARE`;
  const pipeline = await db.pipeline.findUnique({ where: { id: ids.pipelineId } });
  if (!pipeline) throw notFound('pipeline', 'pipelineId');
  const stage = await findStageRow(db, { id: ids.pipelineId, stageId: ids.stageId });
  if (!stage) throw notFound('stage', 'stageId');
  const { name, isActive } = pipeline;
  if (!isActive) {
    throw blocked(`${name} is not active.`, 'pipeline_inactive', 'An admin can put the pipeline into use.');
  }
  assertNotHeld(stage);
  return { ...stage, pipelineName: name };
}

export function assertNotHeld({ heldAt, heldReason, target }: StageWithEnds): void {
  if (!heldAt) return;
  const detail = `Promotions to ${target.name} are on hold: ${heldReason}`;
  throw blocked(detail, 'stage_on_hold', 'An admin or an approver of the stage can resume it.');
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
