import { applyToFields } from '../diff/apply-changes';
import type { WorkflowFieldChanged } from '../diff/change';
import { compareWorkflowFields } from '../diff/compare-workflow-fields';
import { sameJson } from '../diff/same';
import { compareText, type Workflow } from '../model';
import type { FieldConflict, MergeChoices } from './conflict';

/** The workflow's own values, merged, and what both sides set differently. Nodes and connections are the base's. */
export interface MergedFields {
  readonly workflow: Workflow;
  readonly conflicts: readonly FieldConflict[];
}

/** Merges name, description, tags, settings, test data and state, each setting and each node's test data by itself. */
export function mergeFields(base: Workflow, ours: Workflow, theirs: Workflow, choices: MergeChoices): MergedFields {
  const our = compareWorkflowFields(base, ours);
  const their = compareWorkflowFields(base, theirs);
  const ourById = new Map(our.map((change) => [idOf(change), change]));
  const conflicts = their.flatMap((change) => conflictOf(change, ourById.get(idOf(change)), choices));
  const lost = new Set(conflicts.filter(({ taken }) => taken === 'ours').map(({ id }) => id));
  const beaten = new Set(conflicts.filter(({ taken }) => taken === 'theirs').map(({ id }) => id));
  const changes = [
    ...our.filter((change) => !beaten.has(idOf(change))),
    ...their.filter((change) => !lost.has(idOf(change))),
  ];
  const workflow = applyToFields(base, changes);
  return { workflow: { ...workflow, tags: mergeTags(base.tags, ours.tags, theirs.tags) }, conflicts };
}

function idOf(change: WorkflowFieldChanged): string {
  return `workflow:${change.path.join('.')}`;
}

function conflictOf(
  change: WorkflowFieldChanged,
  other: WorkflowFieldChanged | undefined,
  choices: MergeChoices,
): FieldConflict[] {
  const id = idOf(change);
  if (!other || change.path[0] === 'tags' || sameJson(other.after, change.after)) return [];
  const { path, before: base, after: theirs } = change;
  return [{ id, subject: 'workflow', path, base, ours: other.after, theirs, taken: choices.get(id) ?? 'ours' }];
}

/** Tags are a set: what either side added is in, what either side removed is out. */
function mergeTags(base: readonly string[], ours: readonly string[], theirs: readonly string[]): string[] {
  const [old, our, their] = [new Set(base), new Set(ours), new Set(theirs)];
  const kept = [...our.union(their)].filter((tag) => !old.has(tag) || (our.has(tag) && their.has(tag)));
  return kept.sort(compareText);
}
