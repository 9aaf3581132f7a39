'use client';

import { useMemo } from 'react';
import { Canvas } from './canvas';
import { CanvasNodeView, CanvasNoteView } from './canvas-node';
import { toFlowEdge, toFlowNode } from './flow-elements';
import { drawGraph, type Graph } from './graph-model';

const NODE_TYPES = { node: CanvasNodeView, note: CanvasNoteView };

type WorkflowCanvasProps = {
  graph: Graph;
  /** Name of the chosen node. */
  selected?: string;
  onSelect?: (name: string) => void;
};

/** One workflow on a canvas, read-only. */
export default function WorkflowCanvas({ graph, selected, onSelect }: WorkflowCanvasProps) {
  const drawn = useMemo(() => drawGraph(graph), [graph]);
  const resting = useMemo(() => drawn.nodes.map(toFlowNode), [drawn.nodes]);
  const edges = useMemo(() => drawn.edges.map(toFlowEdge), [drawn.edges]);
  const nodes = useMemo(
    () => resting.map((node) => (node.data.node.name === selected ? { ...node, selected: true } : node)),
    [resting, selected],
  );
  const pick = (id: string) => {
    const name = resting.find((node) => node.id === id)?.data.node.name;
    if (name) onSelect?.(name);
  };
  return <Canvas nodes={nodes} edges={edges} nodeTypes={NODE_TYPES} onPick={pick} />;
}
