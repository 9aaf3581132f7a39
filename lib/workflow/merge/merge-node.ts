import { applyToNode } from '../diff/apply-changes';
import type { NodeFieldChanged, NodeMoved } from '../diff/change';
import { compareNodes } from '../diff/compare-nodes';
import { sameJson } from '../diff/same';
import { pointerTo } from '../json-pointer';
import type { JsonPath, WorkflowNode } from '../model';
import { TouchedPaths } from './touched-paths';

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
  const agreed = new Map(our.map((change) => [pointerTo(pathOf(change)), change]));
  const their = compareNodes(base, theirs).filter((change) => !isSame(change, agreed.get(pointerTo(pathOf(change)))));
  const touched = new TouchedPaths(our.map(pathOf), [...our, ...their].flatMap(resizedList));
  const { clash = [], clean = [] } = Object.groupBy(their, (change) =>
    touched.by(pathOf(change)) ? 'clash' : 'clean',
  );
  const contested = clash.filter((change) => change.class !== 'cosmetic').map(pathOf);
  return { node: applyToNode(base, [...our, ...clean]), contested };
}

/** Whether one version differs from another in more than its place and looks. */
export function isEdited(base: WorkflowNode, version: WorkflowNode): boolean {
  return compareNodes(base, version).some((change) => change.class !== 'cosmetic');
}

/** Both are about one path. */
function isSame(a: Inner, b: Inner | undefined): boolean {
  return b !== undefined && sameJson(a.before, b.before) && sameJson(a.after, b.after);
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
