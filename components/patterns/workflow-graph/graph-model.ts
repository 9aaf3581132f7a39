import { edgeKey } from '@/lib/workflow/graph-order';
import { layoutGraph } from '@/lib/workflow/layout/layout';
import type { Edge, Position, WorkflowGraph, WorkflowNode } from '@/lib/workflow/model';
import { nodeKind } from '@/lib/workflow/node-kind';
import { outputWords } from '@/lib/workflow/output-words';

/** What is drawn: the nodes and edges of a workflow, by names. */
export type Graph = Pick<WorkflowGraph, 'nodes' | 'edges'>;

/**
 * How a node looks, as in n8n: `trigger` is rounded at its left, `root` is a wide node fed by parts from below, `part`
 * is a round one that feeds a root (a model, a tool), `note` is paper.
 */
export type NodeShape = 'trigger' | 'step' | 'root' | 'part' | 'note';

/** Where connections end or begin; its id is unique on its side. */
export type Port = { id: string; label: string };

/** A node as it is drawn; place and size in pixels. */
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

/** A connection as it is drawn, from key to key. */
export type DrawnEdge = { id: string; edge: Edge; source: string; target: string; label: string; isPart: boolean };

const SIZE: Record<Exclude<NodeShape, 'note'>, readonly [width: number, height: number]> = {
  trigger: [96, 96],
  step: [96, 96],
  root: [256, 96],
  part: [80, 80],
};
const NOTE_SIZE = [240, 160] as const;

/** Beyond this many ports on one side only those in use are drawn: their number comes from the file. */
const MAX_PORTS = 32;

/** The connections of one node. */
type Wires = { into: readonly Edge[]; out: readonly Edge[] };

/** Everything the canvas and the list need to know, worked out once from the workflow. */
export function drawGraph(graph: Graph): { nodes: DrawnNode[]; edges: DrawnEdge[] } {
  const places = isArranged(graph) ? null : layoutGraph(graph);
  const wires = wiresByName(graph);
  const nodes = graph.nodes.map((node): DrawnNode => {
    const own = wires.get(node.name)!;
    const shape = shapeOf(node, own);
    const [width, height] = shape === 'note' ? noteSize(node) : SIZE[shape];
    const position = places?.get(node.key) ?? node.position;
    return { node, shape, position, width, height, ...portsOf(node, own) };
  });
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const edges = graph.edges.flatMap((edge): DrawnEdge[] => {
    const [source, target] = [byName.get(edge.from), byName.get(edge.to)];
    if (!source || !target) return [];
    const isPart = edge.type !== 'main';
    const label = isPart ? '' : outputLabel(source, edge.output, wires.get(source.name)!);
    return [{ id: edgeKey(edge), edge, source: source.key, target: target.key, label, isPart }];
  });
  return { nodes, edges };
}

function wiresByName({ nodes, edges }: Graph): ReadonlyMap<string, Wires> {
  const wires = new Map(nodes.map(({ name }) => [name, { into: [] as Edge[], out: [] as Edge[] }]));
  for (const edge of edges) {
    wires.get(edge.from)?.out.push(edge);
    wires.get(edge.to)?.into.push(edge);
  }
  return wires;
}

/** False when no two nodes differ in place: such a workflow was made by a program. */
export function isArranged({ nodes }: Graph): boolean {
  const first = nodes[0];
  return nodes.length < 2 || nodes.some(({ position: [x, y] }) => x !== first?.position[0] || y !== first?.position[1]);
}

function shapeOf(node: WorkflowNode, { into, out }: Wires): NodeShape {
  const kind = nodeKind(node.type);
  if (kind === 'note') return 'note';
  if (out.some((edge) => edge.type !== 'main')) return 'part';
  if (into.some((edge) => edge.toType !== 'main')) return 'root';
  return kind === 'step' ? 'step' : 'trigger';
}

function portsOf(node: WorkflowNode, wires: Wires): Pick<DrawnNode, 'inputs' | 'outputs' | 'parts'> {
  const inputs = portIndexes(wires.into.filter((edge) => edge.toType === 'main').map((edge) => edge.input));
  const used = wires.out.filter((edge) => edge.type === 'main').map((edge) => edge.output);
  const outputs = portIndexes([...used, (outputWords(node)?.length ?? 0) - 1]);
  const kinds = [...new Set(wires.into.map((edge) => edge.toType))].filter((type) => type !== 'main').sort();
  return {
    inputs: inputs.map((index) => ({ id: `main-${index}`, label: '' })),
    outputs: outputs.map((index) => ({ id: `main-${index}`, label: outputLabel(node, index, wires) })),
    parts: kinds.map((type) => ({ id: type, label: partWord(type) })),
  };
}

/** All ports up to the last in use. */
function portIndexes(used: readonly number[]): number[] {
  const last = used.reduce((most, index) => Math.max(most, index), -1);
  if (last < MAX_PORTS) return Array.from({ length: last + 1 }, (_, index) => index);
  return [...new Set(used)].filter((index) => index >= 0).sort((a, b) => a - b);
}

/** Position of the last output in use, -1 without any. */
function lastOutput({ out }: Wires): number {
  return out.reduce((last, { type, output }) => (type === 'main' ? Math.max(last, output) : last), -1);
}

/** The word at an output: n8n's own, `error` for the last one of a node that continues there, else its number. */
function outputLabel(node: WorkflowNode, output: number, wires: Wires): string {
  const words = outputWords(node);
  const last = lastOutput(wires);
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
  return [Math.round(Number(width) || NOTE_SIZE[0]), Math.round(Number(height) || NOTE_SIZE[1])];
}
