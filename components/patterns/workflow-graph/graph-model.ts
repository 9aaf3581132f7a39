import type { Edge, Position, WorkflowGraph, WorkflowNode } from '@/lib/workflow/model';
import { nodeKind } from '@/lib/workflow/node-kind';

/** What is drawn: the nodes and edges of a workflow, by names. */
export type Graph = Pick<WorkflowGraph, 'nodes' | 'edges'>;

/** Gives every node a place, by node key. Used when a workflow was never arranged. */
export type Layout = (graph: Graph) => ReadonlyMap<string, Position>;

/**
 * How a node looks, as in n8n: `trigger` is rounded at its left, `root` is a wide node fed by parts from below, `part`
 * is a round one that feeds a root (a model, a tool), `note` is paper.
 */
export type NodeShape = 'trigger' | 'step' | 'root' | 'part' | 'note';

export type Port = { id: string; label: string };

export type DrawnNode = {
  node: WorkflowNode;
  shape: NodeShape;
  position: Position;
  width: number;
  height: number;
  inputs: readonly Port[];
  outputs: readonly Port[];
  /** Kinds of parts that feed a root, in the order of n8n. */
  parts: readonly Port[];
};

export type DrawnEdge = { id: string; edge: Edge; source: string; target: string; label: string; isPart: boolean };

const SIZE: Record<Exclude<NodeShape, 'note'>, readonly [width: number, height: number]> = {
  trigger: [96, 96],
  step: [96, 96],
  root: [256, 96],
  part: [80, 80],
};
const NOTE_SIZE = [240, 160] as const;

/** Outputs that n8n names in the node's code, not in the workflow. */
const OUTPUT_WORDS: Record<string, readonly string[]> = {
  'n8n-nodes-base.if': ['true', 'false'],
  'n8n-nodes-base.filter': ['kept', 'discarded'],
  'n8n-nodes-base.splitInBatches': ['done', 'loop'],
};

/** Everything the canvas and the list need to know, worked out once from the workflow. */
export function drawGraph(graph: Graph, layout: Layout): { nodes: DrawnNode[]; edges: DrawnEdge[] } {
  const places = isArranged(graph) ? null : layout(graph);
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const nodes = graph.nodes.map((node): DrawnNode => {
    const shape = shapeOf(node, graph.edges);
    const [width, height] = shape === 'note' ? noteSize(node) : SIZE[shape];
    const position = places?.get(node.key) ?? node.position;
    return { node, shape, position, width, height, ...portsOf(node, graph.edges) };
  });
  const edges = graph.edges.flatMap((edge): DrawnEdge[] => {
    const source = byName.get(edge.from);
    const target = byName.get(edge.to);
    if (!source || !target) return [];
    const id = [source.key, edge.type, edge.output, target.key, edge.toType, edge.input].join('→');
    const isPart = edge.type !== 'main';
    return [
      {
        id,
        edge,
        source: source.key,
        target: target.key,
        label: isPart ? '' : outputLabel(source, edge.output, graph.edges),
        isPart,
      },
    ];
  });
  return { nodes, edges };
}

/** False when no two nodes differ in place: such a workflow was made by a program. */
export function isArranged({ nodes }: Graph): boolean {
  const first = nodes[0];
  return nodes.length < 2 || nodes.some(({ position: [x, y] }) => x !== first?.position[0] || y !== first?.position[1]);
}

function shapeOf(node: WorkflowNode, edges: readonly Edge[]): NodeShape {
  const kind = nodeKind(node.type);
  if (kind === 'note') return 'note';
  if (edges.some((edge) => edge.from === node.name && edge.type !== 'main')) return 'part';
  if (edges.some((edge) => edge.to === node.name && edge.toType !== 'main')) return 'root';
  return kind === 'step' ? 'step' : 'trigger';
}

function portsOf(node: WorkflowNode, edges: readonly Edge[]): Pick<DrawnNode, 'inputs' | 'outputs' | 'parts'> {
  const into = edges.filter((edge) => edge.to === node.name);
  const out = edges.filter((edge) => edge.from === node.name && edge.type === 'main');
  const inputs = Math.max(-1, ...into.filter((edge) => edge.toType === 'main').map((edge) => edge.input)) + 1;
  const outputs = Math.max(-1, ...out.map((edge) => edge.output), (OUTPUT_WORDS[node.type]?.length ?? 0) - 1) + 1;
  const kinds = [...new Set(into.map((edge) => edge.toType))].filter((type) => type !== 'main').sort();
  return {
    inputs: Array.from({ length: inputs }, (_, index) => ({ id: `main-${index}`, label: '' })),
    outputs: Array.from({ length: outputs }, (_, index) => ({
      id: `main-${index}`,
      label: outputLabel(node, index, edges),
    })),
    parts: kinds.map((type) => ({ id: type, label: partWord(type) })),
  };
}

/** The word at an output: n8n's own, `error` for the last one of a node that continues there, else its number. */
function outputLabel(node: WorkflowNode, output: number, edges: readonly Edge[]): string {
  const words = OUTPUT_WORDS[node.type];
  const last = Math.max(
    ...edges.filter((edge) => edge.from === node.name && edge.type === 'main').map((edge) => edge.output),
  );
  if (node.onError === 'continueErrorOutput' && output > 0 && output === (words?.length ?? last)) return 'error';
  if (words) return words[output] ?? String(output);
  if (node.onError === 'continueErrorOutput' && last === 1) return 'success';
  return last > 0 ? String(output) : '';
}

/** `ai_languageModel` reads `language model`. */
export function partWord(type: string): string {
  return type
    .replace(/^ai_/, '')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase();
}

const ACRONYMS = new Set([
  'ai',
  'api',
  'aws',
  'crm',
  'csv',
  'ftp',
  'html',
  'http',
  'json',
  'rss',
  'sql',
  'ssh',
  'url',
  'xml',
]);

/** `n8n-nodes-base.httpRequest` reads `HTTP Request`. */
export function typeWord(type: string): string {
  const name = (type.split('.').at(-1) ?? type).replace(/^lm(?=[A-Z])/, '');
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(' ');
  return words
    .map((word) =>
      ACRONYMS.has(word.toLowerCase()) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');
}

function noteSize(node: WorkflowNode): readonly [number, number] {
  const { width, height } = node.parameters;
  return [typeof width === 'number' ? width : NOTE_SIZE[0], typeof height === 'number' ? height : NOTE_SIZE[1]];
}
