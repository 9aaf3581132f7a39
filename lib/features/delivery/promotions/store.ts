import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { savePlan } from '@/lib/features/change/change-plans/service';
import { readRemote, toWorkflowJson } from '@/lib/features/inventory/workflows/observe';
import type { Prisma, Promotion as Row } from '@/lib/kernel/db/generated/client';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { writeWorkflow } from '@/lib/workflow/canonical/document';
import { RISK_LEVELS, type RiskLevel } from '@/lib/workflow/risk/reason';
import type { Problem } from './model';
import { statusFilter, statusReader } from './phase';
import type { PlannedMember } from './plan-members';
import type { Planned } from './planning';
import type { ComparedWorkflow, ListPromotions, PromotionDiff, PromotionSummary, Route } from './schema';

export type PromotionRow = Row;
const WITH_DEPLOYMENT = { deployment: { select: { id: true, runId: true } } } as const;
type Listed = Row & { deployment: { id: string; runId: string | null } | null };

export const problemsOf = ({ problems }: Pick<Row, 'problems'>): Problem[] => problems as Problem[];
const isBlocking = ({ severity }: Problem) => severity === 'blocking';

/** As people see them: one that runs says which phase it is in. */
export async function summarize(db: TenantDb, rows: readonly Listed[]): Promise<PromotionSummary[]> {
  const mirrors = rows.map((row) => ({ ...row, runId: row.deployment?.runId }));
  const statusNow = await statusReader(db, mirrors);
  return mirrors.map((row) => ({ ...toSummary(row), status: statusNow(row) }));
}

function toSummary(row: Listed): PromotionSummary {
  const problems = problemsOf(row);
  return {
    id: row.id,
    pipelineId: row.pipelineId,
    stageId: row.stageId,
    route: row.route as Route,
    sourceEnvironmentId: row.sourceEnvironmentId,
    targetEnvironmentId: row.targetEnvironmentId,
    status: row.status,
    workflowCount: row.workflowCount,
    problemCount: problems.length,
    blockingCount: problems.filter(isBlocking).length,
    risk: row.risk,
    scheduledAt: row.scheduledAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
    createdBy: row.createdBy as Actor,
    deploymentId: row.deployment?.id ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export async function listPromotionRows(
  db: TenantDb,
  query: z.output<typeof ListPromotions>,
  decider: Decider | null = null,
): Promise<Page<PromotionSummary>> {
  const { search, status, pipelineId, stageId, environmentId, workflowId } = query;
  const named = search ? { name: { contains: literally(search), mode: 'insensitive' as const } } : {};
  const moved = workflowId ? { OR: [{ sourceWorkflowId: workflowId }, { targetWorkflowId: workflowId }] } : {};
  const { runId, ...standing } = await statusFilter(db, status);
  const where: Prisma.PromotionWhereInput = {
    ...{ ...standing, pipelineId, stageId },
    deployment: runId ? { runId } : undefined,
    OR: environmentId ? [{ sourceEnvironmentId: environmentId }, { targetEnvironmentId: environmentId }] : undefined,
    workflows: search || workflowId ? { some: { ...named, ...moved } } : undefined,
    AND: decider ? decidableBy(decider) : undefined,
  };
  const rows = await db.promotion.findMany({ where, include: WITH_DEPLOYMENT, ...toSlice(query) });
  return toPage(await summarize(db, rows), await db.promotion.count({ where }), query);
}

export type Decider = { userId: string | null; person: string | null; isAdmin: boolean; isOnlyMember: boolean };

/** What somebody is asked to decide now: the same that `rightsOf` says of one promotion. */
function decidableBy({ userId, person, isAdmin, isOnlyMember }: Decider): Prisma.PromotionWhereInput {
  const asked = isAdmin ? {} : { approverIds: { has: userId ?? '' } };
  const others =
    person === null
      ? {}
      : { OR: [{ createdById: null }, { createdById: { not: person } }], NOT: { shaperIds: { has: person } } };
  const own = isOnlyMember ? [{ stage: { ...asked, allowSelfApproval: true } }] : [];
  return { status: 'pending_approval', OR: [{ stage: asked, ...others }, ...own] };
}

export async function getPromotionRow(db: TenantDb, id: string): Promise<Listed> {
  const row = await db.promotion.findUnique({ where: { id }, include: WITH_DEPLOYMENT });
  if (!row) throw notFound('promotion');
  return row;
}

/** The row, held until the end of the transaction: of many who would move it on, one does. */
export async function lockPromotion(db: TenantDb, id: string): Promise<Listed> {
  await db.$queryRaw`SELECT id FROM promotions WHERE id = ${id}::uuid FOR UPDATE`;
  return getPromotionRow(db, id);
}

/** Whether somebody approved exactly the plan it has now. */
export async function isApproved(db: TenantDb, { id, planDigest }: PromotionRow): Promise<boolean> {
  const where = { promotionId: id, planDigest: planDigest ?? '', verdict: 'approved' as const };
  return (await db.promotionDecision.count({ where })) > 0;
}

export async function readWorkflows(db: TenantDb, promotionId: string): Promise<ComparedWorkflow[]> {
  const rows = await db.promotionWorkflow.findMany({
    where: { promotionId },
    select: { comparison: true },
    orderBy: { position: 'asc' },
  });
  return rows.map(({ comparison }) => comparison as ComparedWorkflow);
}

/** Keeps a plan as the one that counts: returns the columns that say so. The one before stays, and counts no more. */
export async function keepPlan(db: TenantDb, { plan, problems, workflows }: Planned) {
  const risks = workflows
    .filter(({ isPlanned }) => isPlanned)
    .map(({ risk }) => RISK_LEVELS.indexOf(risk.level as RiskLevel));
  return {
    problems: problems as object[],
    planId: plan ? await savePlan(db, plan) : null,
    planDigest: plan?.digest ?? null,
    plannedAt: new Date(),
    risk: RISK_LEVELS[Math.max(0, ...risks)]!,
    workflowCount: risks.length,
  };
}

/** How both sides stood; what is the same on both is kept as its comparison alone. */
export async function keepWorkflows(db: TenantDb, promotionId: string, { members, workflows }: Planned): Promise<void> {
  await db.promotionWorkflow.deleteMany({ where: { promotionId } });
  await db.promotionWorkflow.createMany({
    data: members.map(({ lineage, name, source, target, isPlanned, compared, ...sides }, position) => ({
      ...{ promotionId, position, name, lineageId: lineage.id },
      ...{ sourceWorkflowId: source.id, targetWorkflowId: target?.id ?? null, targetN8nId: target?.n8nId ?? null },
      comparison: workflows[position] as object,
      ...(isPlanned || compared.change !== 'unchanged' ? documentsOf(sides) : {}),
    })),
  });
}

function documentsOf({ workflow, desired, remote }: Pick<PlannedMember, 'workflow' | 'desired' | 'remote'>) {
  return {
    source: workflow ? (writeWorkflow(workflow) as object) : undefined,
    desired: desired ? toWorkflowJson(desired.document, stateOf(desired), null) : undefined,
    targetBefore: remote ? (remote as object) : undefined,
  };
}

const stateOf = ({ active, tags }: { active: boolean; tags: string[] }) => ({
  ...{ id: '', versionId: null, archived: false },
  ...{ active, tags },
});

type Json = z.infer<typeof PromotionDiff>['before'];

/** Both sides of one workflow, in n8n's own shape. */
export async function readDiff(db: TenantDb, promotionId: string, lineageId: string) {
  const row = await db.promotionWorkflow.findFirst({ where: { promotionId, lineageId } });
  if (!row) throw notFound('workflow of this promotion');
  const standing = row.targetBefore && readRemote(row.targetBefore as unknown as RemoteWorkflow).workflow;
  return {
    comparison: row.comparison as ComparedWorkflow,
    before: standing ? (writeWorkflow(standing) as Json) : null,
    after: row.desired as Json,
    source: row.source as Json,
  };
}
