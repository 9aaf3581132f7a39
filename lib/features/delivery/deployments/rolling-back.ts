import { blocked, conflict, forbidden } from '@/lib/core/errors';
import type { StoreContext } from '@/lib/features/change/approved-state/store-context';
import { buildPlan } from '@/lib/features/change/change-plans/build-plan';
import { placeholderOf } from '@/lib/features/change/change-plans/placeholder';
import type { ChangePlan, PlannedWorkflow } from '@/lib/features/change/change-plans/plan';
import type { Target } from '@/lib/features/change/change-plans/schema';
import { differences, targetOf } from '@/lib/features/change/change-plans/target';
import { isFinal } from '@/lib/features/change/journal/schema';
import { runStatusOf } from '@/lib/features/change/journal/service';
import { linkedWorkflows } from '@/lib/features/change/lineages/service';
import { connect } from '@/lib/features/connections/environments/service';
import { toDocument } from '@/lib/features/inventory/workflows/document';
import type { Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import { writeWorkflow } from '@/lib/workflow/canonical/document';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import type { Binding } from '@/lib/workflow/remap/bindings';
import { remapReferences } from '@/lib/workflow/remap/remap';
import { decidesAt } from '../pipelines/model';
import { getStageRow } from '../pipelines/store';
import { callersOf, sayCallers } from '../promotions/callers';
import type { Problem } from '../promotions/model';
import { LiveSide } from '../promotions/reading';
import { canRollBack, isActive, NOT_RECORDED } from './model';
import { type DeploymentRow, promotionOf, rollbackOf } from './store';

export type RollbackDraft = { plan: ChangePlan; problems: Problem[]; before: Map<string, RemoteWorkflow | null> };

/** Why this deployment cannot be taken back by this person; null when it can. No second person is asked. */
export async function refusalToRollBack(
  db: TenantDb,
  principal: Principal,
  row: DeploymentRow,
): Promise<string | null> {
  if (row.kind === 'rollback') return 'This is a rollback itself; promote anew.';
  if (isActive(row.status)) return (await isWriting(db, row)) ? 'It still runs.' : NOT_RECORDED;
  if (!canRollBack(row.status)) return 'Nothing of it stands in the target.';
  if (isRolledBack(row)) return ROLLED_BACK;
  return (await decidesFor(db, principal, row)) ? null : 'Only an admin or an approver of its stage may roll it back.';
}

const ROLLED_BACK = 'This deployment is being rolled back, or was.';

/** One that is only planned gives way to a newer one; one that did not take everything back stays beside it. */
function isRolledBack(row: DeploymentRow): boolean {
  const before = rollbackOf(row);
  return before !== null && !['planned', 'failed', 'rolled_back', 'needs_attention'].includes(before.status);
}

export function assertNotRolledBack(row: DeploymentRow): void {
  if (isRolledBack(row)) throw conflict(ROLLED_BACK, 'already_rolled_back');
}

const isWriting = async (db: TenantDb, { runId }: DeploymentRow): Promise<boolean> =>
  !runId || !isFinal(await runStatusOf(db, runId));

/** Whether it is theirs to take it back: an admin's, or an approver's of its stage. */
export async function decidesFor(db: TenantDb, principal: Principal, row: DeploymentRow): Promise<boolean> {
  const { pipelineId, stageId } = promotionOf(row) ?? {};
  const stage = pipelineId && stageId ? await getStageRow(db, { id: pipelineId, stageId }) : { approverIds: [] };
  const asking = { userId: principal.user?.id ?? null, isAdmin: principal.permissions.has('deployment:rollback') };
  return decidesAt(stage, asking);
}

export async function assertMayRollBack(db: TenantDb, principal: Principal, row: DeploymentRow): Promise<void> {
  const refusal = await refusalToRollBack(db, principal, row);
  if (!refusal) return;
  assertNotRolledBack(row);
  if (canRollBack(row.status) && row.kind === 'promotion') throw forbidden(refusal, 'may_not_roll_back');
  throw conflict(refusal, 'cannot_roll_back');
}

/** What would bring the target back to where it was before a deployment, from what stands there now. */
export async function draftRollback(ctx: StoreContext, row: DeploymentRow): Promise<RollbackDraft> {
  const target = new LiveSide(ctx, await connect(ctx, row.targetEnvironmentId));
  const { report, tags } = await target.survey();
  const items = await ctx.tx((db) => readItems(db, row));
  const looked = await locate(ctx, target, items);
  const { id, name } = target.environment;
  const moved = looked.flatMap(toBinding);
  const plan = buildPlan({
    kind: 'rollback',
    environment: { id, name, tags, ...report },
    workflows: looked.flatMap((item) => toPlanned(item, moved)),
  });
  const written = new Set(plan.steps.flatMap(({ action, key }) => (action === 'probe' ? [] : [key])));
  // What is back already, by a rollback that came so far or by hand, has nothing that could be lost.
  const problems = looked.filter(({ key }) => written.has(key)).flatMap(problemsOf);
  problems.push(...(await stillCalled(ctx, target, plan, written)));
  if (written.size === 0) problems.push(NOTHING);
  return { plan, problems, before: new Map(looked.map(({ key, now }) => [key, now])) };
}

type Item = {
  key: string;
  lineageId: string | null;
  n8nId: string | null;
  name: string;
  before: RemoteWorkflow | null;
  /** What the deployment left, while no other has written there since. */
  left: Target | null;
};

async function readItems(db: TenantDb, { id, status }: DeploymentRow): Promise<Item[]> {
  const rows = await db.deploymentWorkflow.findMany({ where: { deploymentId: id }, orderBy: { position: 'asc' } });
  const baselines = await db.releaseBaseline.findMany({ where: { deploymentId: id } });
  const left = new Map(baselines.map((one) => [one.lineageId, one.target as Target]));
  const touched = rows.filter(({ status: state }) => status === 'completed' || state !== 'untouched');
  return touched.map(({ key, lineageId, n8nId, name, before }) => ({
    ...{ key, lineageId, n8nId, name },
    before: before as RemoteWorkflow | null,
    left: left.get(lineageId ?? '') ?? null,
  }));
}

type Looked = Item & { now: RemoteWorkflow | null };

/** What was deleted since, and made anew, stands there under the id that its lineage has now. */
async function locate(ctx: StoreContext, target: LiveSide, items: readonly Item[]): Promise<Looked[]> {
  await target.read(items.flatMap(({ n8nId }) => n8nId ?? []));
  const lost = items.filter(({ n8nId, lineageId }) => lineageId && !(n8nId && target.remote(n8nId)));
  const lineageIds = lost.flatMap(({ lineageId }) => lineageId ?? []);
  const linked = await ctx.tx((db) => linkedWorkflows(db, { environmentId: target.environment.id, lineageIds }));
  await target.read(linked.map(({ n8nId }) => n8nId));
  const anew = new Map(linked.map((one) => [one.lineageId, target.remote(one.n8nId)]));
  return items.map((item) => ({
    ...item,
    now: (item.n8nId && target.remote(item.n8nId)) || (anew.get(item.lineageId ?? '') ?? null),
  }));
}

/** What comes back and calls it has to call it by the id that it has then. */
function toBinding({ key, n8nId, before, now }: Looked): Binding[] {
  if (!n8nId || !before || before.archived || now?.id === n8nId) return [];
  return [{ kind: 'workflow', from: { id: n8nId }, to: { id: now?.id ?? placeholderOf(key) } }];
}

/** What was made goes to the archive; what was written over, or archived, becomes what it was. */
function toPlanned({ key, lineageId, name, before, now }: Looked, moved: readonly Binding[]): PlannedWorkflow[] {
  const expected = now && targetOf(now);
  const planned = { key, lineageId, name: before?.document.name ?? name, n8nId: now?.id ?? null, expected };
  if (!before || before.archived) return now && !now.archived ? [{ ...planned, desired: null }] : [];
  const tags = before.tags.map((tag) => tag.name).sort();
  const document = calling(documentOf(before), moved);
  return [{ ...planned, desired: { document, active: before.published !== null, tags } }];
}

/** What ran; a draft beside it that nobody had published is not what users would miss. */
function documentOf({ document, published }: RemoteWorkflow): WorkflowDocument {
  if (!published) return document;
  const { nodes, connections, nodeGroups } = published;
  return { ...document, nodes, connections, ...(nodeGroups ? { nodeGroups } : {}) };
}

function calling(document: WorkflowDocument, moved: readonly Binding[]): WorkflowDocument {
  const workflow = moved.length > 0 ? readWorkflow(document).workflow : null;
  if (!workflow) return document;
  const { workflow: rewritten, rewritten: references } = remapReferences(workflow, moved);
  return references.length > 0 ? toDocument(writeWorkflow(rewritten), document.name) : document;
}

const about = (
  item: Pick<Item, 'lineageId' | 'name'>,
  code: string,
  detail: string,
  severity: Problem['severity'] = 'blocking',
): Problem => ({
  ...{ code, severity, workflowId: null, lineageId: item.lineageId, name: item.name, detail },
  remedy: 'Look at what would be lost. Overwriting it has to be asked for.',
});

function problemsOf(item: Looked): Problem[] {
  const { left, now, before } = item;
  const draftDiffers = before?.published && before.published.versionId !== before.versionId;
  const drafts = draftDiffers
    ? [about(item, 'draft_left_out', 'Its draft was not what ran; what ran comes back.', 'warning')]
    : [];
  if (!left) {
    // An archived one has no baseline, and neither has what another release went over.
    if (!now || now.archived) return drafts;
    return [...drafts, about(item, 'released_since', 'What this deployment left is not what stands there now.')];
  }
  const edits = differences(left, now && targetOf(now));
  if (edits.length === 0) return drafts;
  return [...drafts, about(item, 'edited_since', `Since the deployment somebody changed ${edits.join(', ')}.`)];
}

/** What goes to the archive may be called by now by what stays: a later release, or a workflow that somebody made there. */
async function stillCalled(
  ctx: StoreContext,
  target: LiveSide,
  { workflows }: ChangePlan,
  written: ReadonlySet<string>,
): Promise<Problem[]> {
  const archived = workflows.filter(({ key, desired }) => !desired && written.has(key));
  const called = archived.flatMap(({ n8nId }) => n8nId ?? []);
  const planned = new Set(workflows.flatMap(({ n8nId }) => n8nId ?? []));
  const callers = await callersOf(ctx, target, { called, planned });
  return archived.flatMap(({ lineageId, name, n8nId }) => {
    const names = callers.get(n8nId!);
    const detail = names && `${sayCallers(names)}, and would call what is archived.`;
    return detail ? [{ ...about({ lineageId, name }, 'still_called', detail), remedy: CALLERS_FIRST }] : [];
  });
}

const CALLERS_FIRST = 'Take back what calls it first. Archiving it all the same has to be asked for.';

const NOTHING: Problem = {
  ...{ code: 'nothing_to_roll_back', severity: 'blocking', workflowId: null, lineageId: null, name: null },
  detail: 'The target is what it was before the deployment.',
  remedy: 'Nothing needs to be done.',
};

/** Edits that stand in the way are taken back only when somebody says so; that there is nothing to do nobody can change. */
export function assertOverwritable({ problems }: RollbackDraft, overwrite: boolean): void {
  const inTheWay = problems.filter(({ severity }) => severity === 'blocking');
  const first = inTheWay.find(({ code }) => !overwrite || code === NOTHING.code);
  if (first) throw blocked(`${first.name ?? 'Rollback'}: ${first.detail}`, first.code, first.remedy);
}
