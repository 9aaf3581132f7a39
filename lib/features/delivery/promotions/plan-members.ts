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
import { type Compared, compareSides, type SourcePrint, type ThreeSides } from './comparison';
import { type Desired, desire } from './desired';
import type { Gathered, Member } from './gathering';
import { needsChoice } from './model';
import { type PublishingRules, publications } from './publication';
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
  { members, closure }: Gathered,
  sides: Sides,
  known: Ancestors & { choices: readonly Choice[]; rules: PublishingRules },
): Promise<PlannedMember[]> {
  const choices = new Map(known.choices.map((choice) => [choice.workflowId, choice]));
  const resolutions = await resolve(ctx, members, sides, choices);
  const published = publications(members, closure, sides.target, { choices, rules: known.rules });
  const pace = pacer();
  const planned: PlannedMember[] = [];
  for (const member of members) {
    const resolution = resolutions.get(member.lineage.id) ?? null;
    const active = published.get(member.source.n8nId)!;
    const standing = await desiredOf(ctx, member, sides.target, { resolution, active });
    const compared = compare(member, standing, known);
    const choice = choices.get(member.source.id)?.resolve ?? null;
    const judged = { ...member, ...standing, compared, choice, resolution };
    planned.push({ ...judged, isPlanned: isWritten(judged) });
    await pace();
  }
  return planned;
}

type Standing = Pick<PlannedMember, 'remote' | 'before' | 'desired' | 'prints'>;

async function desiredOf(
  { signal }: ReadingContext,
  { workflow, target }: Member,
  side: LiveSide,
  { resolution, active }: { resolution: Resolution | null; active: boolean },
): Promise<Standing> {
  const remote = target && side.remote(target.n8nId);
  const before = target && side.workflow(target.n8nId);
  const fit = (document: WorkflowDocument) =>
    side.connected.provider.fitWorkflow(document, { to: remote ? 'update' : 'create', signal });
  const desired = workflow && resolution && (await desire(workflow, resolution, before, { fit, active }));
  return {
    remote,
    before,
    desired,
    prints: { source: workflow && printOf(workflow), target: remote && targetOf(remote) },
  };
}

function compare({ lineage, isUnreadable }: Member, { prints, desired, remote }: Standing, known: Ancestors): Compared {
  if (isUnreadable) return unreadable(remote);
  const entry = known.approved?.entries.find(({ lineageId }) => lineageId === lineage.id);
  return compareSides({
    ...{ ...prints, desired: desired?.target ?? null, baseline: known.baselines.get(lineage.id) ?? null },
    approved: entry ? { logic: entry.logicDigest, settings: entry.settingsDigest } : null,
  });
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
  madeFrom: prints.source && `${prints.source.logic} ${prints.source.settings}`,
  expected: prints.target,
  desired: desired && { document: desired.document, active: desired.active, tags: desired.tags },
});

export const bindingsOf = (planned: readonly PlannedMember[]): string =>
  resolutionsDigest(
    new Map(planned.flatMap(({ lineage, resolution }) => (resolution ? [[lineage.id, resolution] as const] : []))),
  );
