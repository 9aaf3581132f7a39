import type { Position } from '@/lib/workflow/model';
import { nodeKind } from '@/lib/workflow/node-kind';
import type { Graph, Layout } from './graph-model';

const COLUMN = 320;
const ROW = 176;
const PART = { across: 128, down: 176 };

/** Columns by distance from the start, rows in the order of the workflow; parts under their root, notes at the end. */
export const layeredLayout: Layout = (graph) => {
  const hosts = new Map(graph.edges.filter((edge) => edge.type !== 'main').map((edge) => [edge.from, edge.to]));
  const isNote = new Set(graph.nodes.filter((node) => nodeKind(node.type) === 'note').map((node) => node.name));
  const flow = graph.nodes.filter((node) => !hosts.has(node.name) && !isNote.has(node.name));
  const rowHeight = hosts.size > 0 ? ROW + PART.down : ROW;
  const places = new Map<string, Position>(placeFlow(flow, graph, rowHeight));

  const taken = new Map<string, number>();
  // A part may itself have parts: twice round the list places two levels, deeper ones stay in the last row.
  const parts = graph.nodes.filter((node) => hosts.has(node.name));
  for (const node of [...parts, ...parts]) {
    const host = graph.nodes.find((other) => other.name === hosts.get(node.name));
    const at = host && places.get(host.key);
    if (!host || !at || places.has(node.key)) continue;
    const index = taken.get(host.key) ?? 0;
    taken.set(host.key, index + 1);
    places.set(node.key, [at[0] + index * PART.across, at[1] + PART.down]);
  }

  const bottom = Math.max(0, ...[...places.values()].map(([, y]) => y)) + rowHeight;
  const rest = graph.nodes.filter((node) => !places.has(node.key));
  for (const [index, node] of rest.entries()) places.set(node.key, [index * COLUMN, bottom]);
  return places;
};

function placeFlow(nodes: Graph['nodes'], graph: Graph, rowHeight: number): [key: string, place: Position][] {
  const ranks = ranksOf(nodes, graph.edges);
  const filled = new Map<number, number>();
  return nodes.map((node) => {
    const rank = ranks.get(node.name) ?? 0;
    const row = filled.get(rank) ?? 0;
    filled.set(rank, row + 1);
    return [node.key, [rank * COLUMN, row * rowHeight]];
  });
}

/** Breadth first, so that a cycle ends; nodes that only a cycle reaches start at rank 0. */
function ranksOf(nodes: Graph['nodes'], edges: Graph['edges']): Map<string, number> {
  const flow = edges.filter((edge) => edge.type === 'main');
  const targets = new Set(flow.map((edge) => edge.to));
  const ranks = new Map<string, number>();
  const starts = nodes.filter((node) => !targets.has(node.name));
  for (const start of [...starts, ...nodes]) {
    if (ranks.has(start.name)) continue;
    ranks.set(start.name, 0);
    const queue = [start.name];
    for (const name of queue) {
      for (const edge of flow) {
        if (edge.from !== name || ranks.has(edge.to)) continue;
        ranks.set(edge.to, (ranks.get(name) ?? 0) + 1);
        queue.push(edge.to);
      }
    }
  }
  return ranks;
}
