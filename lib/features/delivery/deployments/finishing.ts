import { AppError } from '@/lib/core/errors';
import { approveWorkflows } from '@/lib/features/change/approved-state/service';
import { saveBindings } from '@/lib/features/change/bindings/service';
import { getPlan } from '@/lib/features/change/change-plans/service';
import { targetOf } from '@/lib/features/change/change-plans/target';
import type { RunOutcome, WorkflowOutcome } from '@/lib/features/change/journal/outcome';
import { linkedWorkflows, linkWorkflow } from '@/lib/features/change/lineages/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { versionFor } from '@/lib/features/history/snapshots/model';
import { recordSnapshot } from '@/lib/features/history/snapshots/service';
import { saveWorkflows } from '@/lib/features/inventory/workflows/cache';
import { observe, readRemote } from '@/lib/features/inventory/workflows/observe';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { MatchedCredential } from '../promotions/remembering';
import type { Route } from '../promotions/schema';
import type { DeploymentRow } from './store';

type Read = WorkflowOutcome & { remote: NonNullable<WorkflowOutcome['remote']> };

/** The inventory learns what was read back, and what was made takes its lineage's place in the target. */
export async function takeIn(ctx: JobContext, row: DeploymentRow, { status, workflows }: RunOutcome): Promise<void> {
  const { targetEnvironmentId: environmentId } = row;
  const actor = row.actor as Actor;
  const read = workflows.filter((one): one is Read => one.remote !== null);
  await ctx.tx(async (db) => {
    await saveWorkflows(
      db,
      environmentId,
      read.map(({ remote }) => observe(remote)),
    );
    for (const { key, remote } of status === 'completed' ? read : []) {
      const where = { environmentId, n8nId: remote.id };
      const { id: workflowId } = await db.workflow.findFirstOrThrow({ where, select: { id: true } });
      const lineage = await db.lineage.findUnique({ where: { id: key }, select: { id: true } });
      if (lineage)
        await linkWorkflow(db, { workflowId, lineageId: lineage.id, method: 'promotion', actor }).catch(decided);
    }
    db.emit({ type: 'workflow.changed', payload: { environmentId, count: read.length } });
  });
}

/** Who linked it otherwise meanwhile has decided; what was deployed stands all the same. */
function decided(error: unknown): void {
  if (!(error instanceof AppError) || error.kind !== 'conflict') throw error;
}

/** What the target runs from now on is what it should run: one commit, noted as a moment of its history. */
export async function keepApproved(ctx: JobContext, row: DeploymentRow, outcome: RunOutcome): Promise<string> {
  const { targetEnvironmentId: environmentId } = row;
  const by = { ...ctx, actor: row.actor as Actor };
  const environment = await ctx.tx((db) => getEnvironmentRow(db, environmentId));
  const linked = await ctx.tx((db) => linkedWorkflows(db, { environmentId }));
  const byN8nId = new Map(linked.map((one) => [one.n8nId, { id: one.lineageId, slug: one.lineageSlug }]));
  const stands = outcome.workflows.flatMap(({ remote }) => {
    const lineage = remote && byN8nId.get(remote.id);
    return remote && lineage ? [{ remote, lineage }] : [];
  });
  const { sha } = await approveWorkflows(by, {
    ...{ environmentId, scope: 'these', message: messageOf(row, stands.length) },
    workflows: stands.flatMap(({ remote, lineage }) => {
      const workflow = remote.archived ? null : readRemote(remote).workflow;
      return workflow ? [{ lineage, n8nId: remote.id, workflow: versionFor(environment.class, workflow) }] : [];
    }),
    removed: stands.flatMap(({ remote, lineage }) => (remote.archived ? [lineage.id] : [])),
    trailers: { release: row.promotion?.id ?? row.rollbackOf?.promotion?.id, deployment: row.id },
  });
  await recordSnapshot(by, { environmentId, kind: row.kind, commitSha: sha, deploymentId: row.id });
  return sha;
}

function messageOf({ kind, route, rollbackOfId }: DeploymentRow, count: number): string {
  const { source, target } = route as Route;
  const workflows = `${count} ${count === 1 ? 'workflow' : 'workflows'}`;
  if (kind === 'rollback') return `Roll back ${workflows} in ${target.name}\n\nUndoes the deployment ${rollbackOfId}.`;
  return `Promote ${workflows} from ${source.name} to ${target.name}`;
}

/** What was found by name and type has been looked at and verified: from now on it is a declared binding. */
export async function keepBindings(db: TenantDb, row: DeploymentRow): Promise<void> {
  const { source } = await getPlan(db, row.planId);
  const { matched = [] } = (source ?? {}) as { matched?: MatchedCredential[] };
  if (matched.length === 0) return;
  const actor = row.actor as Actor;
  const reason = `The only one of its name and type when ${(row.route as Route).source.name} was promoted.`;
  const kept = { environmentId: row.targetEnvironmentId, kind: 'credential', owner: actor.label, reason } as const;
  await saveBindings(
    db,
    matched.map((one) => ({ ...kept, ...one })),
    actor,
  );
}

/** The ancestor of the next comparison: the last thing that is written, when all else stands. */
export async function moveBaselines(db: TenantDb, row: DeploymentRow, outcome: RunOutcome): Promise<void> {
  if (row.kind === 'rollback') {
    await db.releaseBaseline.deleteMany({ where: { deploymentId: row.rollbackOfId! } });
    return;
  }
  const ends = { sourceEnvironmentId: row.sourceEnvironmentId!, targetEnvironmentId: row.targetEnvironmentId };
  const released = await releasedBy(db, row, outcome);
  const lineageIds = [...released.map(({ lineageId }) => lineageId), ...outcome.workflows.map(({ key }) => key)];
  await db.releaseBaseline.deleteMany({ where: { ...ends, lineageId: { in: lineageIds } } });
  await db.releaseBaseline.createMany({
    data: released.map((one) => ({ ...ends, ...one, deploymentId: row.id, at: new Date() })),
  });
}

type Prints = { source: object | null; target: object | null };

/** What was written and stands, and what was selected and found the same on both sides. */
async function releasedBy(db: TenantDb, { promotionId }: DeploymentRow, { workflows }: RunOutcome) {
  const remotes = new Map(workflows.map(({ key, remote }) => [key, remote]));
  const compared = await db.promotionWorkflow.findMany({
    where: { promotionId: promotionId! },
    select: { lineageId: true, comparison: true },
  });
  return compared.flatMap(({ lineageId, comparison }) => {
    const { prints, change, role } = comparison as unknown as { prints: Prints; change: string; role: string };
    const remote = remotes.get(lineageId);
    const isSame = change === 'unchanged' && role === 'selected';
    const target = remote && !remote.archived ? targetOf(remote) : isSame ? prints.target : null;
    return prints.source && target ? [{ lineageId, source: prints.source, target }] : [];
  });
}
