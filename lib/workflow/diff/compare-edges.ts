import { edgeKey, outputKey, sortEdges } from '../graph-order';
import type { Edge } from '../model';
import type { ConnectionAdded, ConnectionRemoved, ConnectionsReordered } from './change';

/** The connections that one list has and the other lacks. */
export function edgesOnlyIn(edges: readonly Edge[], others: readonly Edge[]): Edge[] {
  const shorter = Math.min(edges.length, others.length);
  let head = 0;
  while (head < shorter && sameEdge(edges[head]!, others[head]!)) head += 1;
  let tail = 0;
  while (tail < shorter - head && sameEdge(edges.at(-1 - tail)!, others.at(-1 - tail)!)) tail += 1;
  const keys = new Set(others.slice(head, others.length - tail).map(edgeKey));
  return edges.slice(head, edges.length - tail).filter((edge) => !keys.has(edgeKey(edge)));
}

function sameEdge(a: Edge, b: Edge): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.output === b.output &&
    a.input === b.input &&
    a.type === b.type &&
    a.toType === b.toType
  );
}

/** Changes for connections whose two nodes exist on both sides. */
export function connectionChanges(
  removed: readonly Edge[],
  added: readonly Edge[],
): (ConnectionRemoved | ConnectionAdded)[] {
  return [
    ...removed.map((edge) => ({ kind: 'connection.removed', class: 'wiring', edge }) as const),
    ...added.map((edge) => ({ kind: 'connection.added', class: 'wiring', edge }) as const),
  ];
}

/** The connections after removals and additions, in the order of the normal form; new ones come last in their output. */
export function replaceEdges(
  edges: readonly Edge[],
  removed: readonly Edge[],
  added: readonly Edge[],
  ordered: boolean,
): Edge[] {
  return sortEdges([...edgesOnlyIn(edges, removed), ...added], ordered);
}

/** The outputs whose targets are the same on both sides but in another order. */
export function reorderedOutputs(before: readonly Edge[], after: readonly Edge[]): ConnectionsReordered[] {
  const outputs = edgesByOutput(before);
  const changes: ConnectionsReordered[] = [];
  for (const [output, wanted] of edgesByOutput(after)) {
    const found = outputs.get(output) ?? [];
    const moved = found.some((edge, index) => edgeKey(edge) !== edgeKey(wanted[index]!));
    if (moved) changes.push({ kind: 'connection.reordered', class: 'wiring', before: found, after: wanted });
  }
  return changes;
}

/** Puts the targets of some outputs into another order, given as all edges of each. */
export function reorderEdges(edges: readonly Edge[], orders: readonly (readonly Edge[])[]): Edge[] {
  if (orders.length === 0) return [...edges];
  const wanted = new Map(orders.map((order) => [outputKey(order[0]!), order]));
  return [...edgesByOutput(edges)].flatMap(([output, list]) => wanted.get(output) ?? list);
}

/** Edges by the output they leave. */
export function edgesByOutput(edges: readonly Edge[]): Map<string, Edge[]> {
  const outputs = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = outputKey(edge);
    const list = outputs.get(key);
    if (list) list.push(edge);
    else outputs.set(key, [edge]);
  }
  return outputs;
}
