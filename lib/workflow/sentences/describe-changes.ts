import type { Change, NodeAdded, NodeRemoved } from '../diff/change';
import type { Workflow, WorkflowNode } from '../model';
import { describeConnection, describeReorder } from './describe-connection';
import { describeNodeField } from './describe-node-field';
import { describeWorkflowField } from './describe-workflow-field';
import { hideSecrets } from './hide-secrets';
import { list, phraseType } from './phrase';
import { name, now, type Sentence, say, was } from './sentence';

/** One sentence for each change, in order; none repeats a secret. `after` is the new workflow, from which sentences take what they need to be exact. */
export function describeChanges(changes: readonly Change[], after: Workflow): Sentence[] {
  const nodes = new Map(after.nodes.map((node) => [node.name, node]));
  return changes.map((change) => {
    const node = change.kind === 'node.changed' ? nodes.get(change.node.name) : undefined;
    return describeChange(hideSecrets(change, node), nodes);
  });
}

function describeChange(change: Change, nodes: ReadonlyMap<string, WorkflowNode>): Sentence {
  switch (change.kind) {
    case 'node.added':
      return describeAdded(change);
    case 'node.removed':
      return describeRemoved(change);
    case 'node.renamed':
      return say`${name(change.before)} is now called ${now(change.after)}`;
    case 'node.moved':
      return say`${name(change.node.name)} moved on the canvas`;
    case 'node.changed':
      return describeNodeField(change, nodes.get(change.node.name));
    case 'connection.added':
    case 'connection.removed':
      return describeConnection(change, nodes.get(change.edge.from));
    case 'connection.reordered':
      return describeReorder(change);
    case 'workflow.changed':
      return describeWorkflowField(change);
  }
}

function describeAdded({ node, edges }: NodeAdded): Sentence {
  if (node.type.endsWith('.stickyNote')) return say`A note was added: ${now(node.name)}`;
  const before = edges.filter((edge) => edge.to === node.name).map((edge) => edge.from);
  const after = edges.filter((edge) => edge.from === node.name).map((edge) => edge.to);
  return say`${name(node.name)} (${phraseType(node.type)}) was ${now('added')}${place(before, after)}`;
}

function place(before: readonly string[], after: readonly string[]): string {
  if (before.length > 0 && after.length > 0) return ` between ${list(before)} and ${list(after)}`;
  if (before.length > 0) return ` after ${list(before)}`;
  return after.length > 0 ? ` before ${list(after)}` : '';
}

function describeRemoved({ node, edges }: NodeRemoved): Sentence {
  if (node.type.endsWith('.stickyNote')) return say`A note was removed: ${was(node.name)}`;
  const callers = edges.filter((edge) => edge.to === node.name).map((edge) => edge.from);
  const loss = callers.length > 0 ? `: ${list(callers)} no longer ${callers.length > 1 ? 'lead' : 'leads'} to it` : '';
  return say`${name(node.name)} (${phraseType(node.type)}) was removed${loss}`;
}
