import { invalidField } from '@/lib/core/errors';
import { refreshApprovedIndex } from '@/lib/features/change/approved-state/service';
import type { StoreContext } from '@/lib/features/change/approved-state/store-context';
import { buildPlan } from '@/lib/features/change/change-plans/build-plan';
import type { ChangePlan } from '@/lib/features/change/change-plans/plan';
import { versionText } from '@/lib/features/connections/environments/observation';
import { connect } from '@/lib/features/connections/environments/service';
import { type BlockingIncident, blockingIncidents } from '@/lib/features/drift/incidents/service';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ProbeReport } from '@/lib/ports/provider-probe';
import { callersOf } from './callers';
import type { ThreeSides } from './comparison';
import { describeMembers } from './describing';
import { type Gathered, gather } from './gathering';
import type { Problem } from './model';
import { bindingsOf, type PlannedMember, planMembers, toPlanned } from './plan-members';
import { bindingCalls, rulesOf } from './publication';
import { type Ground, readinessOf } from './readiness';
import { LiveSide } from './reading';
import { matchedCredentials } from './remembering';
import type { ComparedWorkflow, PromotionRequest } from './schema';
import { listeners } from './webhook-routes';

export type Ends = { sourceEnvironmentId: string; targetEnvironmentId: string };

/** A promotion as it would be now. */
export type Planned = {
  workflows: ComparedWorkflow[];
  members: PlannedMember[];
  problems: Problem[];
  /** Null when nothing is to be written. */
  plan: ChangePlan | null;
};

/**
 * Reads both sides anew and makes the plan from nothing else: the same instances and bindings give the same digest.
 * Throws a `ProviderError` when an instance cannot tell.
 */
export async function planPromotion(ctx: StoreContext, ends: Ends, request: PromotionRequest): Promise<Planned> {
  const source = new LiveSide(ctx, await connect(ctx, ends.sourceEnvironmentId));
  const target = new LiveSide(ctx, await connect(ctx, ends.targetEnvironmentId));
  const selected = await ctx.tx((db) => selectedRows(db, ends.sourceEnvironmentId, request.workflowIds));
  const { report, tags } = await target.survey();
  const gathered = await gather(ctx, { source, target }, selected);
  const approved = await refreshApprovedIndex(ctx, ends.targetEnvironmentId);
  const baselines = await ctx.tx((db) => readBaselines(db, ends, gathered));
  const known = { baselines, approved, choices: request.choices, rules: rulesOf(report.version) };
  const members = await planMembers(ctx, gathered, { source, target }, known);
  const written = members.filter(({ isPlanned }) => isPlanned);
  const ground = await groundOf(ctx, { source, target }, { written, gathered, report });
  const { id, name } = target.environment;
  const incidents = await ctx.tx((db) => blockingIncidents(db, id));
  const problems = [
    ...incidents.map((one) => incidentProblem(one, name)),
    ...readinessOf(members, ground),
    ...ignoredProblems(gathered),
  ];
  const plan = buildPlan({
    kind: 'promotion',
    environment: { id, name, tags, ...report },
    workflows: written.map(toPlanned),
    bindingsDigest: bindingsOf(written),
    source: { matched: await ctx.tx((db) => matchedCredentials(db, ends, written)) },
  });
  const isIdle = plan.steps.length === 0;
  const isExplained = problems.some(({ severity }) => severity === 'blocking');
  return {
    members,
    workflows: describeMembers(members, gathered),
    problems: isIdle && !isExplained ? [...problems, NOTHING] : problems,
    plan: isIdle ? null : plan,
  };
}

type Found = { written: readonly PlannedMember[]; gathered: Gathered; report: ProbeReport };

/** What readiness is judged by, apart from the workflows themselves. */
async function groundOf(
  ctx: StoreContext,
  { source, target }: { source: LiveSide; target: LiveSide },
  { written, gathered, report }: Found,
): Promise<Ground> {
  const { id, name: environmentName } = target.environment;
  const { tx } = ctx;
  const ids = new Set(written.flatMap(({ target: standing }) => standing?.n8nId ?? []));
  const gone = written.filter(({ desired }) => !desired);
  const called = gone.flatMap(({ target: standing }) => standing?.n8nId ?? []);
  return {
    ...{ environmentName, report, rules: rulesOf(report.version), calls: bindingCalls(gathered.closure) },
    versions: { source: source.environment.providerVersion, target: versionText(report.version) },
    callers: await callersOf(ctx, target, { called, planned: ids }),
    taken: await tx((db) => listeners(db, id, ids)),
    unlinkedNames: await tx((db) => namesWithoutLineage(db, id)),
  };
}

const NOTHING: Problem = {
  ...{ code: 'nothing_to_promote', severity: 'blocking', workflowId: null, lineageId: null, name: null },
  detail: 'The target has all of this already, or it was left out.',
  remedy: 'Select workflows that differ.',
};

const incidentProblem = ({ title, rule }: BlockingIncident, environment: string): Problem => ({
  ...{ code: rule, severity: 'blocking', workflowId: null, lineageId: null, name: null },
  detail: `${title}. The policy lets nothing into ${environment} ${rule === 'drift_open' ? 'while it is open' : 'once it is overdue'}.`,
  remedy: 'Resolve the incident: revert, keep or accept what differs.',
});

const ignoredProblems = ({ ignored }: Gathered): Problem[] =>
  ignored.map(({ id, name }) => ({
    ...{ code: 'ignored', severity: 'blocking', workflowId: id, lineageId: null, name },
    detail: `${name} is ignored: it belongs to no lineage.`,
    remedy: 'Stop ignoring it, or take it out of the selection.',
  }));

/** In the order of the request. Throws `invalid` naming the one that is not in the source. */
async function selectedRows(db: TenantDb, environmentId: string, ids: readonly string[]) {
  const rows = await db.workflow.findMany({
    where: { environmentId, id: { in: [...ids] } },
    select: { id: true, n8nId: true, name: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id, at) => {
    const row = byId.get(id);
    if (!row) throw invalidField(`workflowIds.${at}`, 'The source has no such workflow.', 'unknown_workflow');
    return row;
  });
}

async function readBaselines(db: TenantDb, { sourceEnvironmentId, targetEnvironmentId }: Ends, { members }: Gathered) {
  const rows = await db.releaseBaseline.findMany({
    where: { sourceEnvironmentId, targetEnvironmentId, lineageId: { in: members.map(({ lineage }) => lineage.id) } },
  });
  return new Map(
    rows.map(({ lineageId, source, target }) => [
      lineageId,
      { source, target } as unknown as NonNullable<ThreeSides['baseline']>,
    ]),
  );
}

/** Names of workflows that nobody decided about yet. */
async function namesWithoutLineage(db: TenantDb, environmentId: string): Promise<Set<string>> {
  const rows = await db.workflow.findMany({
    where: { environmentId, presence: 'present', archived: false, link: null },
    select: { name: true },
  });
  return new Set(rows.map(({ name }) => name));
}
