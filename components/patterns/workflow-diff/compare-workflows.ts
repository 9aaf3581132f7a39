import { CHANGE_CLASSES, type Change, type ChangeClass } from '@/lib/workflow/diff/change';
import { diffWorkflows } from '@/lib/workflow/diff/diff-workflows';
import type { Workflow } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { describeChanges } from '@/lib/workflow/sentences/describe-changes';
import type { Sentence } from '@/lib/workflow/sentences/sentence';
import type { DiffKind } from '../diff-mark';
import { changeIds } from './change-ids';

/** One change as the list shows it. */
export type ListedChange = {
  /** Stands in the URL: the same change has the same id whoever compares the same two workflows. */
  id: string;
  kind: Exclude<DiffKind, 'same'>;
  change: Change;
  sentence: Sentence;
};

/** The changes of one class, at least one. */
export type ChangeGroup = { class: ChangeClass; changes: readonly ListedChange[] };

/** Two workflows side by side: what changed, the most consequential first. */
export type Comparison = { before: Workflow; after: Workflow; groups: readonly ChangeGroup[] };

/** Why two things can't be compared: which of them is no workflow, and what is wrong with it. */
export type Unreadable = { side: 'before' | 'after'; message: string };

/** Compares two workflows in n8n's JSON, each of any age. */
export function compareWorkflows(before: unknown, after: unknown): Comparison | Unreadable {
  const [old, current] = [readWorkflow(before), readWorkflow(after)];
  if (!old.workflow) return { side: 'before', message: messageOf(old) };
  if (!current.workflow) return { side: 'after', message: messageOf(current) };
  const changes = listChanges(diffWorkflows(old.workflow, current.workflow), current.workflow);
  return { before: old.workflow, after: current.workflow, groups: groupByClass(changes) };
}

function messageOf({ problems }: ReturnType<typeof readWorkflow>): string {
  return problems[0]?.message ?? 'It is not a workflow';
}

function listChanges(changes: readonly Change[], after: Workflow): ListedChange[] {
  const sentences = describeChanges(changes, after);
  const ids = changeIds(changes);
  return changes.map((change, index) => ({
    id: ids[index]!,
    kind: kindOf(change),
    change,
    sentence: sentences[index]!,
  }));
}

function kindOf({ kind }: Change): ListedChange['kind'] {
  if (kind === 'node.added' || kind === 'connection.added') return 'add';
  return kind === 'node.removed' || kind === 'connection.removed' ? 'remove' : 'change';
}

function groupByClass(changes: readonly ListedChange[]): ChangeGroup[] {
  return CHANGE_CLASSES.map((name) => ({
    class: name,
    changes: changes.filter(({ change }) => change.class === name),
  })).filter((group) => group.changes.length > 0);
}
