import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally, storable } from '@/lib/core/text';
import type { ChangePlan } from '@/lib/features/change/change-plans/plan';
import { getPlan } from '@/lib/features/change/change-plans/service';
import type { Run, RunStep } from '@/lib/features/change/journal/schema';
import { getRun } from '@/lib/features/change/journal/service';
import type { Prisma } from '@/lib/kernel/db/generated/client';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { statusFilter, statusReader } from '../promotions/phase';
import type { Route } from '../promotions/schema';
import { changeOf, isActive, type WorkflowChange, type WorkflowStatus } from './model';
import type { DeployedWorkflow, Deployment, DeploymentSummary, ListDeployments } from './schema';

const ROUTED = { select: { id: true, pipelineId: true, stageId: true } } as const;
const WHOLE = {
  promotion: ROUTED,
  rollbackOf: { select: { promotion: ROUTED } },
  rollbacks: { select: { id: true, status: true }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 1 },
  _count: { select: { workflows: true } },
} satisfies Prisma.DeploymentInclude;
export type DeploymentRow = Prisma.DeploymentGetPayload<{ include: typeof WHOLE }>;

/** The promotion that led to it, also of a rollback: there its stage is to be found. */
export const promotionOf = ({ promotion, rollbackOf }: DeploymentRow) => promotion ?? rollbackOf?.promotion ?? null;

/** The newest attempt to take it back. */
export const rollbackOf = ({ rollbacks }: DeploymentRow) => rollbacks[0] ?? null;

type RunProblems = Deployment['problems'];
const problemsOf = ({ problems }: Pick<DeploymentRow, 'problems'>) => problems as RunProblems;

/** As people see them: one that runs says which phase it is in. */
async function summarize(db: TenantDb, rows: readonly DeploymentRow[]): Promise<DeploymentSummary[]> {
  const statusNow = await statusReader(db, rows);
  return rows.map((row) => ({ ...toSummary(row), status: statusNow(row) }));
}

const toSummary = (row: DeploymentRow): DeploymentSummary => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  promotionId: promotionOf(row)?.id ?? null,
  pipelineId: promotionOf(row)?.pipelineId ?? null,
  stageId: promotionOf(row)?.stageId ?? null,
  rollbackOfId: row.rollbackOfId,
  rollbackId: rollbackOf(row)?.id ?? null,
  route: row.route as Route,
  sourceEnvironmentId: row.sourceEnvironmentId,
  targetEnvironmentId: row.targetEnvironmentId,
  workflowCount: row._count.workflows,
  problemCount: problemsOf(row).length,
  actor: row.actor as Actor,
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

export async function listDeploymentRows(
  db: TenantDb,
  query: z.output<typeof ListDeployments>,
): Promise<Page<DeploymentSummary>> {
  const { search, status, kind, pipelineId, promotionId, environmentId, from, to } = query;
  const ofPromotion = { id: promotionId, pipelineId };
  const where: Prisma.DeploymentWhereInput = {
    ...{ ...(await statusFilter(db, status)), kind },
    createdAt: from || to ? { gte: from, lte: to } : undefined,
    workflows: search ? { some: { name: { contains: literally(search), mode: 'insensitive' } } } : undefined,
    AND: [
      environmentId ? { OR: [{ sourceEnvironmentId: environmentId }, { targetEnvironmentId: environmentId }] } : {},
      promotionId || pipelineId ? { OR: [{ promotion: ofPromotion }, { rollbackOf: { promotion: ofPromotion } }] } : {},
    ],
  };
  const rows = await db.deployment.findMany({ where, include: WHOLE, ...toSlice(query) });
  return toPage(await summarize(db, rows), await db.deployment.count({ where }), query);
}

export async function getDeploymentRow(db: TenantDb, id: string): Promise<DeploymentRow> {
  const row = await db.deployment.findUnique({ where: { id }, include: WHOLE });
  if (!row) throw notFound('deployment');
  return row;
}

export async function lockDeployment(db: TenantDb, id: string): Promise<DeploymentRow> {
  await db.$queryRaw`SELECT id FROM deployments WHERE id = ${id}::uuid FOR UPDATE`;
  return getDeploymentRow(db, id);
}

type Ended = Pick<DeployedWorkflow, 'key' | 'n8nId' | 'verified' | 'unverified' | 'status'>;

/** What each workflow came to, in one statement however many there are. */
export async function saveWorkflowsAfter(db: TenantDb, deploymentId: string, ended: readonly Ended[]): Promise<void> {
  const records = ended.map(({ key, n8nId, verified, unverified, status }) => ({
    ...{ key, n8nId, status },
    verified: verified.map(storable),
    unverified: unverified.map(storable),
  }));
  await db.$executeRaw`
    UPDATE deployment_workflows w
    SET n8n_id = e."n8nId", status = e.status, verified = e.verified, unverified = e.unverified
    FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      AS e(key text, "n8nId" text, status text, verified text[], unverified text[])
    WHERE w.deployment_id = ${deploymentId}::uuid AND w.key = e.key`;
}

/** Everything the page of a deployment needs, apart from what the caller may do. */
export async function describeDeployment(db: TenantDb, row: DeploymentRow): Promise<Omit<Deployment, 'can'>> {
  const plan = await getPlan(db, row.planId);
  const run = row.runId ? await getRun(db, row.runId) : null;
  const [summary] = await summarize(db, [row]);
  const snapshots = await db.snapshot.findMany({ where: { deploymentId: row.id }, orderBy: { createdAt: 'asc' } });
  return {
    ...summary!,
    planDigest: plan.digest,
    steps: run?.steps ?? stepsOf(plan),
    workflows: await readWorkflows(db, row),
    problems: isActive(row.status) ? (run?.problems ?? []) : problemsOf(row),
    stopAsked: run?.stopAsked ?? null,
    jobId: row.jobId,
    commitSha: row.commitSha,
    snapshots: snapshots.map(({ id, kind, commitSha, createdAt }) => ({
      ...{ id, kind, commitSha, createdAt: createdAt.toISOString() },
    })),
  };
}

const UNBEGUN = { attempts: 0, problem: null, notes: [], intendedAt: null, appliedAt: null, undoneAt: null };
const stepsOf = ({ steps }: ChangePlan): Run['steps'] =>
  steps.map(({ workflowId, ...step }): RunStep => ({ ...step, ...UNBEGUN, status: 'planned', n8nId: workflowId }));

async function readWorkflows(db: TenantDb, { id, targetEnvironmentId }: DeploymentRow): Promise<DeployedWorkflow[]> {
  const rows = await db.deploymentWorkflow.findMany({
    where: { deploymentId: id },
    omit: { before: true },
    orderBy: { position: 'asc' },
  });
  const n8nIds = rows.flatMap(({ n8nId }) => n8nId ?? []);
  const known = await db.workflow.findMany({
    where: { environmentId: targetEnvironmentId, n8nId: { in: n8nIds } },
    select: { id: true, n8nId: true },
  });
  const byN8nId = new Map(known.map((one) => [one.n8nId, one.id]));
  return rows.map(({ key, lineageId, n8nId, name, change, status, verified, unverified }) => ({
    ...{ key, lineageId, n8nId, name, verified, unverified },
    workflowId: byN8nId.get(n8nId ?? '') ?? null,
    change: change as WorkflowChange,
    status: status as WorkflowStatus,
  }));
}

/** The workflows of a plan with what stood in the target before; by key, null where nothing did. */
export async function keepPlanned(
  db: TenantDb,
  deploymentId: string,
  { workflows }: ChangePlan,
  before: ReadonlyMap<string, RemoteWorkflow | null>,
): Promise<void> {
  await db.deploymentWorkflow.deleteMany({ where: { deploymentId } });
  await db.deploymentWorkflow.createMany({
    data: workflows.map(({ key, lineageId, n8nId, name, expected, desired }, position) => ({
      ...{ deploymentId, position, key, lineageId, n8nId, name, status: 'pending' },
      change: changeOf({ expected, desired }),
      before: (before.get(key) ?? undefined) as object | undefined,
    })),
  });
}

export const deploymentChanged = (row: { id: string; targetEnvironmentId: string; promotionId?: string | null }) => ({
  type: 'deployment.changed',
  subject: row.id,
  payload: { environmentId: row.targetEnvironmentId, promotionId: row.promotionId ?? null },
});
