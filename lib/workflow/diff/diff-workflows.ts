import { type Edge, isNote, type Workflow, type WorkflowNode } from '../model';
import type { Change, NodeAdded, NodeRemoved, NodeRenamed } from './change';
import { nodeClass } from './classify';
import { connectionChanges, edgesOnlyIn, reorderedOutputs, replaceEdges } from './compare-edges';
import { compareNodes } from './compare-nodes';
import { compareWorkflowFields } from './compare-workflow-fields';
import { matchNodes, type NodeMatch } from './match';
import { edgesByNode, removeAndRename, touches } from './remove-and-rename';

/**
 * What it takes to get from one workflow to another, in an order in which `applyChanges` can do it: empty exactly when
 * their canonical documents are equal. Compares drafts; use `runningWorkflow` to compare what runs.
 */
export function diffWorkflows(before: Workflow, after: Workflow): Change[] {
  if (before === after) return [];
  const match = matchNodes(before, after);
  const renamed = renames(match);
  const prepared = removeAndRename(before, {
    removed: new Set(match.removed.map((node) => node.key)),
    newNames: new Map(renamed.map((change) => [change.node.key, change.after])),
  });
  const nodes = new Map(prepared.nodes.map((node) => [node.key, node]));
  return [
    ...removals(before, match),
    ...renamed,
    ...match.pairs.flatMap(([old, current]) => compareNodes(nodes.get(old.key)!, current)),
    ...wiring(prepared, after, match),
    ...compareWorkflowFields(prepared, after),
  ];
}

function renames(match: NodeMatch): NodeRenamed[] {
  return match.pairs
    .filter(([before, after]) => before.name !== after.name)
    .map(([before, after]) => ({
      kind: 'node.renamed',
      class: nodeClass(after.type) === 'cosmetic' ? 'cosmetic' : 'wiring',
      node: { key: before.key, name: after.name, type: after.type },
      before: before.name,
      after: after.name,
    }));
}

function removals(before: Workflow, { removed }: NodeMatch): NodeRemoved[] {
  const edges = edgesByNode(before.edges, namesOf(removed));
  return removed.map((node) => ({
    kind: 'node.removed',
    class: nodeClass(node.type),
    node: referenceTo(node),
    before: node,
    edges: isNote(node) ? [] : (edges.get(node.name) ?? []),
  }));
}

/** Added nodes with the connections they brought, and every other change of connections. */
function wiring(prepared: Workflow, after: Workflow, match: NodeMatch): Change[] {
  const lost = edgesOnlyIn(prepared.edges, after.edges);
  const gained = edgesOnlyIn(after.edges, prepared.edges);
  const names = namesOf(match.added);
  const dealt = edgesByNode(gained, names);
  const additions = match.added.map((node): NodeAdded => {
    const edges = isNote(node) ? [] : (dealt.get(node.name) ?? []);
    if (edges.length > 0) dealt.delete(node.name);
    return { kind: 'node.added', class: nodeClass(node.type), node: referenceTo(node), after: node, edges };
  });
  const plain = gained.filter((edge) => !touches(edge, names));
  const brought = additions.flatMap((change) => change.edges);
  const reordered = reorders(prepared.edges, lost, [...brought, ...plain], after);
  return [...additions, ...connectionChanges(lost, plain), ...reordered];
}

/** Only execution order `v0` follows the stored order of targets. */
function reorders(edges: readonly Edge[], lost: readonly Edge[], gained: readonly Edge[], after: Workflow): Change[] {
  if (after.settings.executionOrder === 'v1') return [];
  return reorderedOutputs(replaceEdges(edges, lost, gained, true), after.edges);
}

/** The names that connections can mean. */
function namesOf(nodes: readonly WorkflowNode[]): Set<string> {
  return new Set(nodes.filter((node) => !isNote(node)).map((node) => node.name));
}

function referenceTo({ key, name, type }: WorkflowNode) {
  return { key, name, type };
}
