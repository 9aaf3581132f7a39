import { edgesByOutput, reorderEdges } from '../diff/compare-edges';
import { edgeKey, sortEdges } from '../graph-order';
import type { Edge } from '../model';
import type { Side } from './conflict';

/** The connections of the three versions, all under the merged names. */
export interface EdgeVersions {
  readonly base: readonly Edge[];
  readonly ours: readonly Edge[];
  readonly theirs: readonly Edge[];
}

/**
 * Merges connections one by one: what either side added is in, what either side removed is out. At a node decided for
 * one side that side's connections hold. Connections of nodes that are not there are dropped.
 */
export function mergeEdges(
  { base, ours, theirs }: EdgeVersions,
  names: ReadonlySet<string>,
  decided: ReadonlyMap<string, Side>,
  ordered: boolean,
): Edge[] {
  const keys = { base: keySet(base), ours: keySet(ours), theirs: keySet(theirs) };
  const isKept = (edge: Edge): boolean => {
    if (!names.has(edge.from) || !names.has(edge.to)) return false;
    const key = edgeKey(edge);
    const side = decided.get(edge.from) ?? decided.get(edge.to);
    if (side) return keys[side].has(key);
    if (keys.base.has(key)) return keys.ours.has(key) && keys.theirs.has(key);
    return true;
  };
  const merged = [...ours, ...theirs.filter((edge) => !keys.ours.has(edgeKey(edge)))].filter(isKept);
  const sorted = sortEdges(merged, ordered);
  return ordered ? followTheirOrder(sorted, { base, ours, theirs }) : sorted;
}

function keySet(edges: readonly Edge[]): Set<string> {
  return new Set(edges.map(edgeKey));
}

/** An output that ours left alone keeps the order theirs gave it. */
function followTheirOrder(edges: readonly Edge[], { base, ours, theirs }: EdgeVersions): Edge[] {
  const [before, our, their] = [ordersOf(base), ordersOf(ours), ordersOf(theirs)];
  const merged = edgesByOutput(edges);
  const theirLists = edgesByOutput(theirs);
  const orders: Edge[][] = [];
  for (const [output, order] of their) {
    const list = merged.get(output) ?? [];
    if (list.length < 2 || our.get(output) === order || our.get(output) !== before.get(output)) continue;
    const rank = new Map(theirLists.get(output)!.map((edge, index) => [edgeKey(edge), index]));
    const rankOf = (edge: Edge) => rank.get(edgeKey(edge)) ?? rank.size;
    orders.push(list.toSorted((a, b) => rankOf(a) - rankOf(b)));
  }
  return reorderEdges(edges, orders);
}

function ordersOf(edges: readonly Edge[]): Map<string, string> {
  return new Map([...edgesByOutput(edges)].map(([output, list]) => [output, list.map(edgeKey).join()]));
}
