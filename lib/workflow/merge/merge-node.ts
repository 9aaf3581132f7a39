import { applyToNode } from '../diff/apply-changes';
import type { NodeFieldChanged, NodeMoved } from '../diff/change';
import { compareNodes } from '../diff/compare-nodes';
import { sameJson } from '../diff/same';
import type { JsonPath, WorkflowNode } from '../model';

type Inner = NodeFieldChanged | NodeMoved;

/** The node that unites both sides' changes, and the paths on which they disagree. */
export interface MergedNode {
  readonly node: WorkflowNode;
  readonly contested: readonly JsonPath[];
}

/**
 * Merges two versions of one node, value by value; a list whose length changed is one value. When both changed
 * something cosmetic, ours stays without a conflict.
 */
export function mergeNode(base: WorkflowNode, ours: WorkflowNode, theirs: WorkflowNode): MergedNode {
  const our = compareNodes(base, ours);
  const their = compareNodes(base, theirs).filter((change) => !our.some((other) => isSame(change, other)));
  const resized = [...our, ...their].flatMap(resizedList);
  const clashes = their.filter((change) => our.some((other) => overlap(change, other, resized)));
  const contested = clashes.filter((change) => change.class !== 'cosmetic').map(pathOf);
  const clean = their.filter((change) => !clashes.includes(change));
  return { node: applyToNode(base, [...our, ...clean]), contested };
}

/** Whether one version differs from another in more than its place and looks. */
export function isEdited(base: WorkflowNode, version: WorkflowNode): boolean {
  return compareNodes(base, version).some((change) => change.class !== 'cosmetic');
}

function isSame(a: Inner, b: Inner): boolean {
  return sameJson(pathOf(a), pathOf(b)) && sameJson(a.before, b.before) && sameJson(a.after, b.after);
}

function pathOf(change: Inner): JsonPath {
  return change.kind === 'node.moved' ? ['position'] : change.path;
}

/** The list an inserted or removed item belongs to. */
function resizedList(change: Inner): JsonPath[] {
  const path = pathOf(change);
  const isItem = typeof path.at(-1) === 'number';
  return isItem && (change.before === undefined || change.after === undefined) ? [path.slice(0, -1)] : [];
}

function overlap(a: Inner, b: Inner, resized: readonly JsonPath[]): boolean {
  const [pathA, pathB] = [pathOf(a), pathOf(b)];
  if (startsWith(pathA, pathB) || startsWith(pathB, pathA)) return true;
  return resized.some((list) => startsWith(pathA, list) && startsWith(pathB, list));
}

function startsWith(path: JsonPath, start: JsonPath): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}
