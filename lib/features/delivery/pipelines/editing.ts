import { AppError, blocked, conflict, forbidden, invalid, invalidField, notFound } from '@/lib/core/errors';
import { literally } from '@/lib/core/text';
import { decide, roleOf } from '@/lib/features/connections/environments/model';
import { toGuarded } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import type { Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { OPEN_STATUSES, stageFaults } from './model';
import { FIRST_RULES, type StageChange, type StageInput } from './schema';
import { approversOf, type PipelineRow } from './store';

type WantedStage = StageInput & { id?: string };

/**
 * The stages of a change with everything that it leaves out: as it was for those that stay, without approvers who can
 * approve no more, and as at first for new ones.
 */
export async function completeStages(
  db: TenantDb,
  { stages }: PipelineRow,
  changes: readonly StageChange[],
): Promise<WantedStage[]> {
  const known = new Map(stages.map((stage) => [stage.id, stage]));
  const people = await approversOf(
    db,
    stages.flatMap(({ approverIds }) => approverIds),
  );
  return changes.map((change) => {
    const { requireApproval, approverIds, allowSelfApproval, graceSeconds } =
      (change.id ? known.get(change.id) : undefined) ?? FIRST_RULES;
    const approvers = approverIds.filter((id) => people.has(id));
    return { requireApproval, approverIds: approvers, allowSelfApproval, graceSeconds, ...change };
  });
}

/** Everything that can be wrong with stages, before any is written. Throws with the stage and field at fault. */
export async function assertStages(db: TenantDb, principal: Principal, stages: readonly WantedStage[]): Promise<void> {
  const faults = stageFaults(stages);
  if (faults.length > 0) throw invalid(faults[0]!.message, faults);
  if (stages.some(({ requireApproval }) => requireApproval) && !principal.features.has('workflow_ci_cd_approval')) {
    throw forbidden('Your plan does not include approvals of promotions.', 'feature_not_available');
  }
  for (const [at, stage] of stages.entries()) {
    await assertEnd(db, principal, stage.sourceEnvironmentId, 'promoteFrom', `stages.${at}.sourceEnvironmentId`);
    await assertEnd(db, principal, stage.targetEnvironmentId, 'promoteTo', `stages.${at}.targetEnvironmentId`);
    await assertApprovers(db, stage, at);
  }
}

async function assertEnd(
  db: TenantDb,
  principal: Principal,
  environmentId: string,
  action: 'promoteFrom' | 'promoteTo',
  path: string,
): Promise<void> {
  const environment = await getEnvironmentRow(db, environmentId, path);
  const { allowed, detail, rule, allowedBy } = decide(action, toGuarded(environment), roleOf(principal));
  if (allowed) return;
  throw new AppError('blocked', detail!, {
    code: 'action_not_allowed',
    rule: rule!,
    allowedBy: allowedBy!,
    errors: [{ path, message: detail! }],
  });
}

async function assertApprovers(db: TenantDb, { approverIds }: WantedStage, at: number): Promise<void> {
  const people = await approversOf(db, approverIds);
  const unknown = approverIds.findIndex((id) => !people.has(id));
  if (unknown >= 0) {
    const detail = 'This is no developer or admin of the organisation.';
    throw invalidField(`stages.${at}.approverIds.${unknown}`, detail, 'may_not_approve');
  }
}

const columns = ({ id: _id, ...stage }: WantedStage, position: number) => ({ ...stage, position });

export async function createStages(db: TenantDb, pipelineId: string, stages: readonly WantedStage[]): Promise<void> {
  for (const [at, stage] of stages.entries()) {
    await db.pipelineStage.create({ data: { ...columns(stage, at), pipelineId } });
  }
}

/** Makes the stages what the list says. What a promotion is on its way through keeps its ends, and stays. */
export async function replaceStages(db: TenantDb, pipeline: PipelineRow, wanted: readonly WantedStage[]) {
  const known = new Map(pipeline.stages.map((stage) => [stage.id, stage]));
  const foreign = wanted.findIndex(({ id }) => id !== undefined && !known.has(id));
  if (foreign >= 0) throw invalidField(`stages.${foreign}.id`, 'The pipeline has no such stage.', 'unknown_stage');
  const kept = new Map(wanted.flatMap((stage) => (stage.id ? [[stage.id, stage] as const] : [])));
  for (const [at, stage] of wanted.entries()) {
    if (stage.id && wanted.findIndex(({ id }) => id === stage.id) < at) {
      throw invalidField(`stages.${at}.id`, 'This stage stands twice.', 'duplicate_stage');
    }
  }
  for (const stage of pipeline.stages) {
    const next = kept.get(stage.id);
    const endsMove =
      next?.sourceEnvironmentId !== stage.sourceEnvironmentId ||
      next?.targetEnvironmentId !== stage.targetEnvironmentId;
    if (endsMove) await assertStageFree(db, stage);
    if (!next) await forgetStages(db, [stage.id]);
  }
  for (const [at, stage] of wanted.entries()) {
    if (stage.id) await db.pipelineStage.update({ where: { id: stage.id }, data: columns(stage, at) });
    else await db.pipelineStage.create({ data: { ...columns(stage, at), pipelineId: pipeline.id } });
  }
}

type HeldStage = { id: string; position: number; heldAt: Date | null };

async function assertStageFree(db: TenantDb, { id, position, heldAt }: HeldStage): Promise<void> {
  const open = await db.promotion.count({ where: { stageId: id, status: { in: [...OPEN_STATUSES] } } });
  if (open > 0) throw inUse(`Stage ${position + 1}`, open);
  if (heldAt) {
    const detail = `Stage ${position + 1} is on hold after a rollback.`;
    throw blocked(detail, 'stage_on_hold', 'Resume the stage first.');
  }
}

const inUse = (what: string, open: number) =>
  blocked(
    `${what} is in use: ${open} ${open === 1 ? 'promotion is' : 'promotions are'} on the way.`,
    'promotion_on_the_way',
    'Cancel them, or let them end.',
  );

/** What went through these stages stays as history that names them no more. */
async function forgetStages(db: TenantDb, ids: readonly string[]): Promise<void> {
  await db.promotion.updateMany({ where: { stageId: { in: [...ids] } }, data: { stageId: null } });
  await db.pipelineStage.deleteMany({ where: { id: { in: [...ids] } } });
}

export async function removePipeline(db: TenantDb, pipeline: PipelineRow): Promise<void> {
  if (pipeline._count.promotions > 0) throw inUse(pipeline.name, pipeline._count.promotions);
  for (const stage of pipeline.stages) await assertStageFree(db, stage);
  await forgetStages(
    db,
    pipeline.stages.map(({ id }) => id),
  );
  await db.promotion.updateMany({ where: { pipelineId: pipeline.id }, data: { pipelineId: null } });
  await db.pipeline.delete({ where: { id: pipeline.id } });
}

export async function assertPipelineNameFree(db: TenantDb, name: string, except?: string): Promise<void> {
  const where = {
    name: { equals: literally(name), mode: 'insensitive' as const },
    NOT: except ? { id: except } : undefined,
  };
  const taken = await db.pipeline.findFirst({ where, select: { id: true } });
  if (taken) throw conflict(`There is already a pipeline named ${name}.`, 'name_taken', 'name');
}

/** Waits for promotions that are just being made through the pipeline, and keeps others out until the end. */
export async function lockPipeline(db: TenantDb, id: string): Promise<void> {
  const rows = await db.$queryRaw<unknown[]>`SELECT id FROM pipelines WHERE id = ${id}::uuid FOR UPDATE`;
  if (rows.length === 0) throw notFound('pipeline');
}
