import { orderNodes } from '../graph-order';
import { isObject, type Json, type JsonObject, type JsonPath, type Workflow, type WorkflowNode } from '../model';
import type { Change, NodeFieldChanged, NodeMoved, WorkflowFieldChanged } from './change';
import { reorderEdges, replaceEdges } from './compare-edges';
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
  return changes.reduce(changeNode, node);
}

/** Applies the changes of the workflow itself, as `compareWorkflowFields` found them. */
export function applyToFields(workflow: Workflow, changes: readonly WorkflowFieldChanged[]): Workflow {
  return changes.reduce(changeWorkflow, workflow);
}

function changeNode(node: WorkflowNode, change: NodeFieldChanged | NodeMoved): WorkflowNode {
  if (change.kind === 'node.moved') return { ...node, position: change.after };
  const [field, ...path] = change.path as [keyof WorkflowNode, ...JsonPath];
  if (path.length === 0) return { ...node, [field]: change.after ?? null };
  return { ...node, [field]: setAt(node[field] as JsonObject, path, change) };
}

function changeWorkflow(workflow: Workflow, change: WorkflowFieldChanged): Workflow {
  const [field, ...path] = change.path as [keyof Workflow, ...JsonPath];
  if (path.length === 0) return { ...workflow, [field]: change.after };
  return { ...workflow, [field]: setAt(workflow[field] as JsonObject, path, change) };
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

interface Replacement {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** A copy of a value with the replacement made at a path; absent parents are created. */
function setAt(value: Json | undefined, path: JsonPath, change: Replacement): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return change.after;
  if (typeof step === 'number') return setItem(Array.isArray(value) ? value : [], step, rest, change);
  const object = isObject(value) ? value : {};
  const next = setAt(Object.hasOwn(object, step) ? object[step] : undefined, rest, change);
  const others = Object.entries(object).filter(([key]) => key !== step);
  return Object.fromEntries(next === undefined ? others : [...others, [step, next]]);
}

function setItem(items: readonly Json[], index: number, rest: JsonPath, change: Replacement): Json {
  if (rest.length > 0) return items.with(index, setAt(items[index], rest, change)!);
  if (change.before === undefined) return items.toSpliced(index, 0, change.after!);
  return change.after === undefined ? items.toSpliced(index, 1) : items.with(index, change.after);
}
