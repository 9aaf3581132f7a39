import { saveBindings } from '@/lib/features/change/bindings/service';
import type { Target } from '@/lib/features/change/change-plans/schema';
import { getPlan } from '@/lib/features/change/change-plans/service';
import { targetOf } from '@/lib/features/change/change-plans/target';
import type { RunOutcome } from '@/lib/features/change/journal/outcome';
import { recordReleases } from '@/lib/features/change/lineages/service';
import { approveRun } from '@/lib/features/history/snapshots/approving-run';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { SourcePrint } from '../promotions/comparison';
import type { MatchedCredential } from '../promotions/remembering';
import type { Route } from '../promotions/schema';
import type { DeploymentRow } from './store';

/** Git holds what the target should run from now on: committed once, however often the job is delivered. */
export async function keepApproved(ctx: JobContext, row: DeploymentRow, outcome: RunOutcome): Promise<string> {
  const { targetEnvironmentId: environmentId, kind, id: deploymentId } = row;
  const noted = await ctx.tx((db) => db.snapshot.findFirst({ where: { deploymentId, kind } }));
  if (noted) return noted.commitSha;
  const by = { ...ctx, actor: row.actor as Actor };
  const trailers = { release: row.promotion?.id ?? row.rollbackOf?.promotion?.id, deployment: deploymentId };
  const message = (count: number) => messageOf(row, count);
  return (await approveRun(by, { environmentId, kind, deploymentId, message, trailers }, outcome)).sha;
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
  // What somebody declared while it ran was chosen, and this was only found.
  const requirement = { in: matched.map((one) => one.requirement) };
  const where = { environmentId: row.targetEnvironmentId, kind: 'credential' as const, requirement, lineageId: null };
  const declared = await db.binding.findMany({ where, select: { requirement: true } });
  const chosen = new Set(declared.map((one) => one.requirement));
  const found = matched.filter((one) => !chosen.has(one.requirement));
  if (found.length === 0) return;
  const actor = row.actor as Actor;
  const reason = `The only one of its name and type when ${(row.route as Route).source.name} was promoted.`;
  const kept = { environmentId: row.targetEnvironmentId, kind: 'credential', owner: actor.label, reason } as const;
  await saveBindings(
    db,
    found.map((one) => ({ ...kept, ...one })),
    actor,
  );
}

/** The ancestor of the next comparison: the last thing that is written, when all else stands. */
export async function moveBaselines(db: TenantDb, row: DeploymentRow, outcome: RunOutcome): Promise<void> {
  const ends = { sourceEnvironmentId: row.sourceEnvironmentId!, targetEnvironmentId: row.targetEnvironmentId };
  if (row.kind === 'rollback') {
    // Also what a later release left there: it was gone over, and is no ancestor of what stands now.
    const written = { ...ends, lineageId: { in: outcome.workflows.map(({ key }) => key) } };
    await db.releaseBaseline.deleteMany({ where: { OR: [{ deploymentId: row.rollbackOfId! }, written] } });
    return;
  }
  const released = await releasedBy(db, row, outcome);
  const lineageIds = [...released.map(({ lineageId }) => lineageId), ...outcome.workflows.map(({ key }) => key)];
  await db.releaseBaseline.deleteMany({ where: { ...ends, lineageId: { in: lineageIds } } });
  await db.releaseBaseline.createMany({
    data: released.map((one) => ({ ...ends, ...one, deploymentId: row.id, at: new Date() })),
  });
  const logic = released.map(({ lineageId, source, target }) => ({
    ...{ lineageId, source: source.logic, target: target.logic },
  }));
  await recordReleases(db, { ...ends, released: logic });
}

type Prints = { source: SourcePrint | null; target: Target | null };

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
