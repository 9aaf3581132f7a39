import type { Change } from '@/lib/workflow/diff/change';
import { matchNodes } from '@/lib/workflow/diff/match';
import { edgeKey } from '@/lib/workflow/graph-order';
import { layoutGraph } from '@/lib/workflow/layout/layout';
import { type Edge, isNote, type Position, type WorkflowNode } from '@/lib/workflow/model';
import type { DiffKind } from '../diff-mark';
import { type Graph, isArranged } from '../workflow-graph/graph-model';
import type { Comparison, ListedChange } from './compare-workflows';

/**
 * Both workflows in one drawing. Nodes have the names and places they have afterwards; what was removed keeps its own.
 * Keys and names are unique, so a removed node whose name lives on is called `<name> (removed)`.
 */
export type MergedGraph = {
  graph: Graph;
  /** By node key; a node whose changes are all cosmetic is unchanged. */
  nodeKinds: ReadonlyMap<string, DiffKind>;
  /** By `edgeKey`. */
  edgeKinds: ReadonlyMap<string, DiffKind>;
  /** Ids of the changes a node is part of, in the order of the list, by node key. */
  changesOf: ReadonlyMap<string, readonly string[]>;
  /** Keys of the nodes a change is about, by its id; none for a change of the workflow itself. */
  nodesOf: ReadonlyMap<string, readonly string[]>;
  /** `edgeKey` of the connection a change is about, by its id. */
  edgeOf: ReadonlyMap<string, string>;
};

/** Nodes that steps leave between the rows of a layout; what would be covered moves down by it. */
const ROW = 176;

/** Draws two workflows as one, and ties every change to what it touches there. */
export function mergeGraphs({ before, after, groups }: Comparison): MergedGraph {
  const listed = groups.flatMap((group) => group.changes);
  const changes = listed.map(({ change }) => change);
  const match = matchNodes(before, after);
  const keys = new Map(match.pairs.map(([old, current]) => [old.key, current.key]));
  const removed = removedNodes(match.removed, after.nodes);
  for (const [old, node] of removed) keys.set(old.key, node.key);
  const keyOf = (key: string) => keys.get(key) ?? key;

  const names = new Map(match.pairs.map(([old, current]) => [old.name, current.name]));
  for (const [old, node] of removed) if (!isNote(old)) names.set(old.name, node.name);
  const lost = removedEdges(changes, names);
  const all = { nodes: [...after.nodes, ...removed.values()], edges: [...after.edges, ...lost] };
  const graph = placed(all, { before, after }, new Set([...removed.values()].map(({ key }) => key)));

  const byName = new Map(graph.nodes.filter((node) => !isNote(node)).map((node) => [node.name, node.key]));
  const nodesOf = new Map(listed.map(({ id, change }) => [id, touched(change, keyOf, byName)]));
  return {
    graph,
    nodeKinds: nodeKinds(graph.nodes, changes, keyOf),
    edgeKinds: edgeKinds(graph.edges, changes, lost),
    changesOf: changesByNode(listed, nodesOf),
    nodesOf,
    edgeOf: new Map(listed.flatMap(({ id, change }) => ('edge' in change ? [[id, edgeKey(change.edge)]] : []))),
  };
}

/** Removed nodes under keys and names that nothing else has, by the node they were. */
function removedNodes(removed: readonly WorkflowNode[], others: readonly WorkflowNode[]) {
  const names = new Set(others.map((node) => node.name));
  return new Map(
    removed.map((node) => {
      let name = node.name;
      while (names.has(name)) name += ' (removed)';
      names.add(name);
      return [node, { ...node, key: `removed:${node.key}`, name }];
    }),
  );
}

/** Connections that went: alone, under new names already, or along with a node, under old ones. */
function removedEdges(changes: readonly Change[], names: ReadonlyMap<string, string>): Edge[] {
  const nameOf = (name: string) => names.get(name) ?? name;
  const lost = changes.flatMap((change) => {
    if (change.kind === 'connection.removed') return [change.edge];
    if (change.kind !== 'node.removed') return [];
    return change.edges.map((edge) => ({ ...edge, from: nameOf(edge.from), to: nameOf(edge.to) }));
  });
  return [...new Map(lost.map((edge) => [edgeKey(edge), edge])).values()];
}

/** Gives every node a place: its own where the workflow was arranged, one of the layout where it never was. */
function placed(
  all: Graph,
  { before, after }: Pick<Comparison, 'before' | 'after'>,
  removed: ReadonlySet<string>,
): Graph {
  if (!isArranged(after)) {
    const places = layoutGraph(all);
    return { ...all, nodes: all.nodes.map((node) => ({ ...node, position: places.get(node.key) ?? node.position })) };
  }
  const places = isArranged(before) ? null : layoutGraph(before);
  const taken = new Set(after.nodes.filter((node) => !isNote(node)).map(({ position }) => cell(position)));
  const nodes = all.nodes.map((node) => {
    if (!removed.has(node.key) || isNote(node)) return node;
    let [x, y] = places?.get(node.key.slice('removed:'.length)) ?? node.position;
    while (taken.has(cell([x, y]))) y += ROW;
    taken.add(cell([x, y]));
    return { ...node, position: [x, y] as const };
  });
  return { ...all, nodes };
}

/** Two nodes in one cell would cover each other. */
function cell([x, y]: Position): string {
  return `${Math.round(x / 96)}:${Math.round(y / 96)}`;
}

function nodeKinds(nodes: readonly WorkflowNode[], changes: readonly Change[], keyOf: (key: string) => string) {
  const kinds = new Map<string, DiffKind>(nodes.map((node) => [node.key, 'same']));
  for (const change of changes) {
    if (!('node' in change)) continue;
    if (change.kind === 'node.added') kinds.set(change.node.key, 'add');
    else if (change.kind === 'node.removed') kinds.set(keyOf(change.node.key), 'remove');
    else if (change.class !== 'cosmetic') kinds.set(keyOf(change.node.key), 'change');
  }
  return kinds;
}

function edgeKinds(edges: readonly Edge[], changes: readonly Change[], lost: readonly Edge[]) {
  const kinds = new Map<string, DiffKind>(edges.map((edge) => [edgeKey(edge), 'same']));
  for (const edge of lost) kinds.set(edgeKey(edge), 'remove');
  for (const change of changes) {
    if (change.kind === 'connection.added') kinds.set(edgeKey(change.edge), 'add');
    if (change.kind === 'node.added') for (const edge of change.edges) kinds.set(edgeKey(edge), 'add');
    if (change.kind === 'connection.reordered') for (const edge of change.after) kinds.set(edgeKey(edge), 'change');
  }
  return kinds;
}

/** The nodes that a change is about: one, or both ends of a connection. */
function touched(change: Change, keyOf: (key: string) => string, byName: ReadonlyMap<string, string>): string[] {
  const named = (name: string) => byName.get(name) ?? [];
  const ends = (edges: readonly Edge[]) => edges.flatMap(({ from, to }) => [from, to]).flatMap(named);
  switch (change.kind) {
    case 'node.added':
      return [change.node.key];
    case 'connection.added':
    case 'connection.removed':
      return ends([change.edge]);
    case 'connection.reordered':
      return [...new Set(ends(change.after))];
    case 'workflow.changed':
      return change.path[0] === 'pinData' ? [named(String(change.path[1]))].flat() : [];
    default:
      return [keyOf(change.node.key)];
  }
}

/** What a node is asked for first is what changed in it, then where it leads. */
function changesByNode(listed: readonly ListedChange[], nodesOf: ReadonlyMap<string, readonly string[]>) {
  const lists = new Map<string, string[]>();
  const inside = listed.filter(({ change }) => 'node' in change);
  for (const { id } of [...inside, ...listed.filter(({ change }) => !('node' in change))]) {
    for (const key of nodesOf.get(id) ?? []) lists.set(key, [...(lists.get(key) ?? []), id]);
  }
  return lists;
}
