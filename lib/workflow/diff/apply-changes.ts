import { orderNodes } from '../graph-order';
import type { Json, JsonObject, Workflow, WorkflowNode } from '../model';
import type { Change, NodeFieldChanged, NodeMoved, WorkflowFieldChanged } from './change';
import { reorderEdges, replaceEdges } from './compare-edges';
import { Draft } from './draft';
import { removeAndRename } from './remove-and-rename';

/**
 * Applies the changes that `diffWorkflows(before, after)` found to `before`; the result has the canonical document of
 * `after`. The changes must belong to this workflow: those about nodes it does not have do nothing.
 */
export function applyChanges(before: Workflow, changes: readonly Change[]): Workflow {
  if (changes.length === 0) return before;
  const renamed = of(changes, 'node.renamed');
  const prepared = removeAndRename(before, {
    removed: new Set(of(changes, 'node.removed').map((change) => change.node.key)),
    newNames: new Map(renamed.map((change) => [change.node.key, change.after])),
  });
  const workflow = applyToFields(prepared, of(changes, 'workflow.changed'));
  return {
    ...workflow,
    nodes: orderNodes([
      ...changeNodes(workflow.nodes, changes),
      ...of(changes, 'node.added').map(({ after }) => after),
    ]),
    edges: changeEdges(workflow, changes),
  };
}

function of<K extends Change['kind']>(changes: readonly Change[], kind: K): Extract<Change, { kind: K }>[] {
  return changes.filter((change) => change.kind === kind) as Extract<Change, { kind: K }>[];
}

function changeNodes(nodes: readonly WorkflowNode[], changes: readonly Change[]): WorkflowNode[] {
  const byKey = new Map<string, (NodeFieldChanged | NodeMoved)[]>();
  for (const change of changes) {
    if (change.kind !== 'node.changed' && change.kind !== 'node.moved') continue;
    const list = byKey.get(change.node.key);
    if (list) list.push(change);
    else byKey.set(change.node.key, [change]);
  }
  return nodes.map((node) => applyToNode(node, byKey.get(node.key) ?? []));
}

/** Applies the changes of one node, as `compareNodes` found them. */
export function applyToNode(node: WorkflowNode, changes: readonly (NodeFieldChanged | NodeMoved)[]): WorkflowNode {
  if (changes.length === 0) return node;
  const draft = new Draft({ ...node } as unknown as JsonObject);
  for (const change of changes) {
    if (change.kind === 'node.moved') draft.replace(['position'], change.before as Json, change.after as Json);
    else if (change.path.length > 1) draft.replace(change.path, change.before, change.after);
    else draft.replace(change.path, change.before, change.after ?? null);
  }
  return draft.value as unknown as WorkflowNode;
}

/** Applies the changes of the workflow itself, as `compareWorkflowFields` found them. */
export function applyToFields(workflow: Workflow, changes: readonly WorkflowFieldChanged[]): Workflow {
  const draft = new Draft({ ...workflow } as unknown as JsonObject);
  for (const { path, before, after } of changes) draft.replace(path, before, after);
  return draft.value as unknown as Workflow;
}

function changeEdges(workflow: Workflow, changes: readonly Change[]) {
  const ordered = workflow.settings.executionOrder !== 'v1';
  const removed = of(changes, 'connection.removed').map((change) => change.edge);
  const added = of(changes, 'connection.added').map((change) => change.edge);
  const brought = of(changes, 'node.added').flatMap((change) => change.edges);
  const edges = replaceEdges(workflow.edges, removed, [...brought, ...added], ordered);
  const reordered = of(changes, 'connection.reordered').map((change) => change.after);
  return reorderEdges(edges, reordered);
}
