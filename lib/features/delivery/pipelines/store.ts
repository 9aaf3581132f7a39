import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Prisma, PipelineStage as StageRow } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { OPEN_STATUSES } from './model';
import type { ListPipelines, Pipeline, Stage } from './schema';

const ENDS = { source: { select: REF }, target: { select: REF } } as const;
const WHOLE = {
  stages: { include: ENDS, orderBy: { position: 'asc' } },
  _count: { select: { promotions: { where: { status: { in: [...OPEN_STATUSES] } } } } },
} satisfies Prisma.PipelineInclude;
export type PipelineRow = Prisma.PipelineGetPayload<{ include: typeof WHOLE }>;
const ROUTE = { ...ENDS, pipeline: { select: { name: true, isActive: true } } } as const;
/** With its pipeline, which can be out of use. */
export type StageWithEnds = Prisma.PipelineStageGetPayload<{ include: typeof ROUTE }>;
type Person = { userId: string; name: string; email: string };

export const holdOf = ({ heldAt, heldReason, heldByDeploymentId }: StageRow): Stage['hold'] =>
  heldAt && { since: heldAt.toISOString(), reason: heldReason ?? '', deploymentId: heldByDeploymentId };

/** An approver who left the organisation, or only looks on by now, is not shown, and could not approve either. */
export const toStage = (row: PipelineRow['stages'][number], people: ReadonlyMap<string, Person>): Stage => ({
  id: row.id,
  position: row.position,
  sourceEnvironmentId: row.sourceEnvironmentId,
  targetEnvironmentId: row.targetEnvironmentId,
  source: toRef(row.source),
  target: toRef(row.target),
  requireApproval: row.requireApproval,
  approvers: row.approverIds.flatMap((id) => people.get(id) ?? []),
  allowSelfApproval: row.allowSelfApproval,
  graceSeconds: row.graceSeconds,
  hold: holdOf(row),
});

async function describe(db: TenantDb, rows: readonly PipelineRow[]): Promise<Pipeline[]> {
  const people = await approversOf(
    db,
    rows.flatMap(({ stages }) => stages.flatMap(({ approverIds }) => approverIds)),
  );
  return rows.map(({ stages, _count, ...row }) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    isActive: row.isActive,
    stages: stages.map((stage) => toStage(stage, people)),
    openPromotions: _count.promotions,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }));
}

/** Members with these user ids who can be approvers: a viewer decides nothing. */
export async function approversOf(db: TenantDb, userIds: readonly string[]): Promise<Map<string, Person>> {
  if (userIds.length === 0) return new Map();
  const members = await db.membership.findMany({
    where: { userId: { in: [...userIds] }, role: { not: 'viewer' } },
    select: { userId: true, user: { select: { name: true, email: true } } },
  });
  return new Map(
    members.map(({ userId, user }) => [userId, { userId, name: user.name ?? user.email, email: user.email }]),
  );
}

export async function listPipelineRows(db: TenantDb, query: z.output<typeof ListPipelines>): Promise<Page<Pipeline>> {
  const { search, isActive, environmentId } = query;
  const either = [{ sourceEnvironmentId: environmentId }, { targetEnvironmentId: environmentId }];
  const where: Prisma.PipelineWhereInput = {
    isActive,
    name: search ? { contains: literally(search), mode: 'insensitive' } : undefined,
    stages: environmentId ? { some: { OR: either } } : undefined,
  };
  const rows = await db.pipeline.findMany({ where, include: WHOLE, ...toSlice(query) });
  return toPage(await describe(db, rows), await db.pipeline.count({ where }), query);
}

export async function getPipelineRow(db: TenantDb, id: string): Promise<PipelineRow> {
  const row = await db.pipeline.findUnique({ where: { id }, include: WHOLE });
  if (!row) throw notFound('pipeline');
  return row;
}

export const describePipeline = async (db: TenantDb, id: string): Promise<Pipeline> =>
  (await describe(db, [await getPipelineRow(db, id)]))[0]!;

type ByStage = { id: string; stageId: string };

export const findStageRow = (db: TenantDb, { id, stageId }: ByStage): Promise<StageWithEnds | null> =>
  db.pipelineStage.findFirst({ where: { id: stageId, pipelineId: id }, include: ROUTE });

/** `path`: the field that named it. */
export async function getStageRow(db: TenantDb, ids: ByStage, path?: string): Promise<StageWithEnds> {
  const row = await findStageRow(db, ids);
  if (!row) throw notFound('stage', path);
  return row;
}
