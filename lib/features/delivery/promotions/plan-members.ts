import type { ApprovedIndex } from '@/lib/features/change/approved-state/store';
import type { Resolution } from '@/lib/features/change/bindings/model';
import { resolutionsDigest } from '@/lib/features/change/bindings/model';
import { resolveBindings } from '@/lib/features/change/bindings/service';
import type { PlannedWorkflow } from '@/lib/features/change/change-plans/plan';
import type { Target } from '@/lib/features/change/change-plans/schema';
import { targetOf } from '@/lib/features/change/change-plans/target';
import { pacer } from '@/lib/kernel/pace';
import type { RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import { partDigests } from '@/lib/workflow/digest/digest';
import type { Workflow } from '@/lib/workflow/model';
import { type Compared, compareSides, needsChoice, type SourcePrint, type ThreeSides } from './comparison';
import { type Desired, desire } from './desired';
import type { Gathered, Member } from './gathering';
import type { LiveSide, ReadingContext } from './reading';
import type { Choice } from './schema';

/** A member with everything that was found out about it. */
export type PlannedMember = Member & {
  compared: Compared;
  choice: 'overwrite' | 'skip' | null;
  isPlanned: boolean;
  resolution: Resolution | null;
  desired: Desired | null;
  /** The target as it was read. */
  remote: RemoteWorkflow | null;
  before: Workflow | null;
  prints: { source: SourcePrint | null; target: Target | null };
};

export type Ancestors = {
  baselines: ReadonlyMap<string, NonNullable<ThreeSides['baseline']>>;
  approved: ApprovedIndex | null;
};
type Sides = { source: LiveSide; target: LiveSide };

/** Compares each member, decides which are written, and makes what they would be. */
export async function planMembers(
  ctx: ReadingContext,
  { members }: Gathered,
  sides: Sides,
  known: Ancestors & { choices: readonly Choice[] },
): Promise<PlannedMember[]> {
  const choices = new Map(known.choices.map((choice) => [choice.workflowId, choice]));
  const approved = new Map(known.approved?.entries.map((entry) => [entry.lineageId, entry]));
  const resolutions = await resolve(ctx, members, sides, choices);
  const pace = pacer();
  const planned: PlannedMember[] = [];
  for (const member of members) {
    const { lineage, workflow, target } = member;
    const choice = choices.get(member.source.id);
    const remote = target && sides.target.remote(target.n8nId);
    const before = target && sides.target.workflow(target.n8nId);
    const resolution = resolutions.get(lineage.id) ?? null;
    const fit = (document: WorkflowDocument) =>
      sides.target.connected.provider.fitWorkflow(document, { to: remote ? 'update' : 'create', signal: ctx.signal });
    const desired =
      workflow && resolution
        ? await desire(workflow, resolution, remote && { remote, workflow: before }, { fit, active: choice?.active })
        : null;
    const source = workflow && printOf(workflow);
    const entry = approved.get(lineage.id);
    const prints = { source, target: remote && targetOf(remote) };
    const compared = member.isUnreadable
      ? unreadable(remote)
      : compareSides({
          ...{ source, target: prints.target, desired: desired?.target ?? null },
          baseline: known.baselines.get(lineage.id) ?? null,
          approved: entry ? { logic: entry.logicDigest, settings: entry.settingsDigest } : null,
        });
    const judged = {
      ...member,
      compared,
      choice: choice?.resolve ?? null,
      resolution,
      desired,
      remote,
      before,
      prints,
    };
    planned.push({ ...judged, isPlanned: isWritten(judged) });
    await pace();
  }
  return planned;
}

const unreadable = (remote: RemoteWorkflow | null): Compared => ({
  change: remote ? 'modified' : 'added',
  why: 'What the source has cannot be read.',
});

const printOf = (workflow: Workflow): SourcePrint => {
  const { logic, settings } = partDigests(workflow);
  return { logic, settings };
};

/** What something selected needs comes along only where the target lacks it: what stands there is not touched unasked. */
function isWritten(member: Omit<PlannedMember, 'isPlanned'>): boolean {
  const { compared, choice, isSelected, isUnreadable, remote, desired } = member;
  if (choice === 'skip' || isUnreadable) return false;
  if (compared.change === 'unchanged')
    return desired !== null && remote !== null && switches(desired, remote) && isSelected;
  if (needsChoice(compared.change)) return choice === 'overwrite';
  return isSelected || !remote || remote.archived;
}

/** Somebody asked for it to be published, or not, in the target. */
const switches = (desired: Desired, remote: RemoteWorkflow): boolean => desired.active !== (remote.published !== null);

async function resolve(
  { tx }: ReadingContext,
  members: readonly Member[],
  { source, target }: Sides,
  choices: ReadonlyMap<string, Choice>,
) {
  const workflows = members.flatMap(({ lineage, workflow, target: standing, source: { id } }) => {
    const isLeftOut = !standing && choices.get(id)?.resolve === 'skip';
    return workflow && !isLeftOut ? [{ lineageId: lineage.id, workflow }] : [];
  });
  return tx((db) =>
    resolveBindings(db, {
      sourceEnvironmentId: source.environment.id,
      targetEnvironmentId: target.environment.id,
      workflows,
    }),
  );
}

/** As the one plan of changes takes it. */
export const toPlanned = ({ lineage, name, target, prints, desired }: PlannedMember): PlannedWorkflow => ({
  key: lineage.id,
  lineageId: lineage.id,
  name: desired?.workflow.name ?? name,
  n8nId: target?.n8nId ?? null,
  expected: prints.target,
  desired: desired && { document: desired.document, active: desired.active, tags: desired.tags },
});

export const bindingsOf = (planned: readonly PlannedMember[]): string =>
  resolutionsDigest(
    new Map(planned.flatMap(({ lineage, resolution }) => (resolution ? [[lineage.id, resolution] as const] : []))),
  );
