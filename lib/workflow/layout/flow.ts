import type { Edge, WorkflowGraph } from '../model';
import { nodeKind } from '../node-kind';

/** A graph by positions in its list of nodes, parted into the flow and the sub-nodes that hang below it. */
export interface Flow {
  /** For each node, the nodes that `main` connections lead to; empty for sub-nodes and notes. */
  readonly targets: readonly (readonly number[])[];
  /** For each node, the sub-nodes (models, tools, memory) that serve it. */
  readonly parts: readonly (readonly number[])[];
  /** Nodes of the flow, in the order of the workflow. */
  readonly steps: readonly number[];
  readonly notes: readonly number[];
}

/** A sub-node of a sub-node of a sub-node is real; beyond this it is drawn as a step. */
const MAX_HANGING = 8;

/** Parts a workflow's graph into steps, sub-nodes and notes. */
export function flowOf({ nodes, edges }: Pick<WorkflowGraph, 'nodes' | 'edges'>): Flow {
  const index = new Map(nodes.map((node, position) => [node.name, position]));
  const at = ({ from, to }: Edge) => [index.get(from)!, index.get(to)!] as const;
  const isStep = new Set(edges.filter((edge) => edge.type === 'main').flatMap(at));
  const isNote = (position: number) => nodeKind(nodes[position]!.type) === 'note';
  const parts = nodes.map((): number[] => []);
  const hosts = new Map<number, number>();
  for (const edge of edges) {
    const [part, host] = at(edge);
    if (edge.type === 'main' || isStep.has(part) || hosts.has(part) || !canHang(part, host, hosts)) continue;
    hosts.set(part, host);
    parts[host]!.push(part);
  }
  const targets = nodes.map((): number[] => []);
  for (const edge of edges) {
    const [from, to] = at(edge);
    if (edge.type === 'main' && from !== to) targets[from]!.push(to);
  }
  const all = nodes.map((_, position) => position);
  return { targets, parts, steps: all.filter((node) => !hosts.has(node) && !isNote(node)), notes: all.filter(isNote) };
}

/** False when the host hangs, directly or not, below the part itself, or too deep. */
function canHang(part: number, host: number, hosts: ReadonlyMap<number, number>): boolean {
  let above: number | undefined = host;
  for (let level = 0; above !== undefined; level += 1) {
    if (above === part || level >= MAX_HANGING) return false;
    above = hosts.get(above);
  }
  return true;
}
