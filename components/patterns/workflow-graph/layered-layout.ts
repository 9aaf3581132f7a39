import type { Position } from '@/lib/workflow/model';
import type { Graph, Layout } from './graph-model';

const COLUMN = 224;
const ROW = 176;

/** Columns by distance from the start, rows in the order of the workflow. Plain, and stable for equal workflows. */
export const layeredLayout: Layout = (graph) => {
  const ranks = ranksOf(graph);
  const filled = new Map<number, number>();
  const places = new Map<string, Position>();
  for (const node of graph.nodes) {
    const rank = ranks.get(node.name) ?? 0;
    const row = filled.get(rank) ?? 0;
    filled.set(rank, row + 1);
    places.set(node.key, [rank * COLUMN, row * ROW]);
  }
  return places;
};

/** Breadth first, so that a cycle ends; nodes that only a cycle reaches start at rank 0. */
function ranksOf({ nodes, edges }: Graph): Map<string, number> {
  const targets = new Set(edges.map((edge) => edge.to));
  const ranks = new Map<string, number>();
  const starts = nodes.filter((node) => !targets.has(node.name));
  for (const start of [...starts, ...nodes]) {
    if (ranks.has(start.name)) continue;
    ranks.set(start.name, 0);
    const queue = [start.name];
    for (const name of queue) {
      for (const edge of edges) {
        if (edge.from !== name || ranks.has(edge.to)) continue;
        ranks.set(edge.to, (ranks.get(name) ?? 0) + 1);
        queue.push(edge.to);
      }
    }
  }
  return ranks;
}
