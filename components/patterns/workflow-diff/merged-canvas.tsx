'use client';

import { type Edge, type FitViewOptions, Panel, useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { type DiffKind, DiffMark } from '../diff-mark';
import { Canvas } from '../workflow-graph/canvas';
import { toFlowEdge, toFlowNode } from '../workflow-graph/flow-elements';
import { type DrawnEdge, type DrawnNode, drawGraph, typeWord } from '../workflow-graph/graph-model';
import { KIND_WORDS } from './diff-looks';
import { MergedEdgeView } from './merged-edge';
import type { MergedGraph } from './merged-graph';
import { type MergedNode, MergedNodeView, MergedNoteView } from './merged-node';

const NODE_TYPES = { node: MergedNodeView, note: MergedNoteView };
const EDGE_TYPES = { changed: MergedEdgeView };

/** What stands beside the canvas on a wide screen, and how far one can zoom out and still read; height in pixels of the workflow. */
const LEGIBLE = { beside: 620, zoom: 0.38, height: 1000 };
const CLOSE: FitViewOptions = { padding: 0.3, minZoom: 0.35, maxZoom: 0.8 };

type MergedCanvasProps = {
  label: string;
  merged: MergedGraph;
  /** Id of the chosen change. */
  selected: string | undefined;
  onSelect(id: string): void;
};

/** Both workflows on one canvas; what the chosen change touches is marked and in view. */
export default function MergedCanvas({ label, merged, selected, onSelect }: MergedCanvasProps) {
  const resting = useMemo(() => draw(merged), [merged]);
  const chosen = (selected && merged.nodesOf.get(selected)) || NONE;
  const edge = selected === undefined ? undefined : merged.edgeOf.get(selected);
  const nodes = useMemo(() => {
    const marked = new Set(chosen);
    return resting.nodes.map((node) => (marked.has(node.id) ? { ...node, selected: true } : node));
  }, [resting, chosen]);
  const edges = useMemo(
    () => (edge ? resting.edges.map((each) => (each.id === edge ? { ...each, selected: true } : each)) : resting.edges),
    [resting, edge],
  );
  const firstView = useFirstView(resting.nodes, chosen);
  const pick = (key: string) => {
    const ids = merged.changesOf.get(key) ?? [];
    if (ids[0] && !(selected && ids.includes(selected))) onSelect(ids[0]);
  };
  return (
    <Canvas {...{ label, nodes, edges, firstView }} nodeTypes={NODE_TYPES} edgeTypes={EDGE_TYPES} onPick={pick}>
      <Follow keys={chosen} />
      <Legend />
    </Canvas>
  );
}

const NONE: readonly string[] = [];

function draw({ graph, nodeKinds, edgeKinds, changesOf }: MergedGraph): { nodes: MergedNode[]; edges: Edge[] } {
  const drawn = drawGraph(graph);
  return {
    nodes: drawn.nodes.map((node) => toMergedNode(node, nodeKinds.get(node.node.key) ?? 'same', changesOf)),
    edges: drawn.edges.map((edge) => toMergedEdge(edge, edgeKinds.get(edge.id) ?? 'same')),
  };
}

/** Only what changed can be chosen: the rest would be stops without a meaning on the way through by keyboard. */
function toMergedNode(drawn: DrawnNode, kind: DiffKind, changesOf: MergedGraph['changesOf']): MergedNode {
  const { node } = drawn;
  const hasChanges = changesOf.has(node.key);
  return {
    ...toFlowNode(drawn),
    data: { ...drawn, kind },
    selectable: hasChanges,
    focusable: hasChanges && kind !== 'same',
    zIndex: drawn.shape === 'note' ? -1 : kind === 'same' ? 1 : 2,
    ariaLabel: `${node.name}, ${typeWord(node.type)}, ${KIND_WORDS[kind]}`,
  };
}

function toMergedEdge(drawn: DrawnEdge, kind: DiffKind): Edge {
  const edge = toFlowEdge(drawn);
  if (kind === 'same') return edge;
  return { ...edge, type: 'changed', data: { kind }, label: undefined, zIndex: 1 };
}

/** What is in view when the canvas opens; later views follow the choice. */
function useFirstView(nodes: readonly MergedNode[], chosen: readonly string[]): FitViewOptions | undefined {
  const first = useRef<{ view: FitViewOptions | undefined }>(undefined);
  first.current ??= { view: isLegible(nodes) ? undefined : { ...CLOSE, nodes: near(nodes, chosen) } };
  return first.current.view;
}

/** A larger workflow can't be read as a whole: there the first view is of the chosen change. */
function isLegible(nodes: readonly MergedNode[]): boolean {
  const [x, y] = [nodes.map((node) => node.position.x), nodes.map((node) => node.position.y)];
  const extent = (values: readonly number[]) =>
    values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
  const room = innerWidth > 1000 ? innerWidth - LEGIBLE.beside : innerWidth;
  return extent(x) <= room / LEGIBLE.zoom && extent(y) <= LEGIBLE.height;
}

/** The chosen nodes, or where something changed; React Flow takes an empty list for all. */
function near(nodes: readonly MergedNode[], chosen: readonly string[]): { id: string }[] {
  if (chosen.length > 0) return chosen.map((id) => ({ id }));
  return nodes
    .filter((node) => node.data.kind !== 'same')
    .slice(0, 1)
    .map(({ id }) => ({ id }));
}

/** Moves the view to what was chosen when it is not in view: at once, since one walks fast. */
function Follow({ keys }: { keys: readonly string[] }) {
  const flow = useReactFlow();
  const [width, height] = [useStore((state) => state.width), useStore((state) => state.height)];
  const size = useRef({ width, height });
  const shown = useRef(keys);
  useEffect(() => {
    size.current = { width, height };
  }, [width, height]);
  useEffect(() => {
    if (keys === shown.current || keys.length === 0) return;
    shown.current = keys;
    const bounds = flow.getNodesBounds([...keys]);
    const { x, y, zoom } = flow.getViewport();
    const [left, top] = [bounds.x * zoom + x, bounds.y * zoom + y];
    const [right, bottom] = [left + bounds.width * zoom, top + bounds.height * zoom];
    const isInView = left >= 16 && top >= 16 && right <= size.current.width - 16 && bottom <= size.current.height - 40;
    if (isInView && zoom >= 0.35) return;
    void flow.fitView({ ...CLOSE, nodes: keys.map((id) => ({ id })) });
  }, [flow, keys]);
  return null;
}

function Legend() {
  return (
    <Panel
      position="bottom-left"
      className="pointer-events-none flex flex-wrap gap-x-4 gap-y-1 bg-surface-0/85 px-1 text-12 text-ink-2"
    >
      {(['add', 'change', 'remove'] as const).map((kind) => (
        <span key={kind} aria-hidden="true" className="inline-flex items-center gap-1.5">
          <DiffMark kind={kind} /> {KIND_WORDS[kind]}
        </span>
      ))}
      <span className="text-ink-3 max-md:hidden">faded: unchanged</span>
    </Panel>
  );
}
