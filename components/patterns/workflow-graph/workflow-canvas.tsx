'use client';

import '@xyflow/react/dist/base.css';
import {
  Background,
  BackgroundVariant,
  type Edge as FlowEdge,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { Maximize2, Minus, Plus } from 'lucide-react';
import { type CSSProperties, useMemo } from 'react';
import { IconButton } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { type CanvasNode, CanvasNodeView, CanvasNoteView } from './canvas-node';
import { type DrawnEdge, type DrawnNode, drawGraph, type Graph, type Layout, typeWord } from './graph-model';

const NODE_TYPES = { node: CanvasNodeView, note: CanvasNoteView };
/** On a phone a whole workflow would be too small to read: there one sees its middle and pans. */
const FIT = { padding: 0.1, minZoom: 0.35, maxZoom: 1 };

const LOOKS = {
  '--xy-background-color': 'var(--surface-0)',
  '--xy-background-pattern-color': 'var(--line-2)',
  '--xy-edge-stroke': 'var(--line-control)',
  '--xy-edge-stroke-width': 1.5,
  '--xy-attribution-background-color': 'transparent',
} as CSSProperties;

const SAYS = {
  'node.a11yDescription.default': 'Press Enter to select this node.',
  'edge.a11yDescription.default': '',
};

type WorkflowCanvasProps = {
  graph: Graph;
  layout: Layout;
  /** Name of the chosen node. */
  selected?: string;
  onSelect?: (name: string) => void;
};

/** The canvas itself, read-only: pan by dragging, zoom with the buttons, by pinching or with Ctrl and the wheel. */
export default function WorkflowCanvas({ graph, layout, selected, onSelect }: WorkflowCanvasProps) {
  const drawn = useMemo(() => drawGraph(graph, layout), [graph, layout]);
  const nodes = useMemo(
    () => drawn.nodes.map((node) => toFlowNode(node, node.node.name === selected)),
    [drawn.nodes, selected],
  );
  const edges = useMemo(() => drawn.edges.map(toFlowEdge), [drawn.edges]);
  return (
    <ReactFlowProvider>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        style={LOOKS}
        className="[&_.react-flow__attribution_a]:inline-block [&_.react-flow__attribution_a]:p-1.5 [&_.react-flow__attribution_a]:text-12 [&_.react-flow__attribution_a]:text-ink-3"
        fitView
        fitViewOptions={FIT}
        minZoom={0.1}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        ariaLabelConfig={SAYS}
        onNodesChange={(changes) => {
          const chosen = changes.find((change) => change.type === 'select' && change.selected);
          const name = chosen && 'id' in chosen && drawn.nodes.find(({ node }) => node.key === chosen.id)?.node.name;
          if (name) onSelect?.(name);
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} />
        <ZoomButtons />
      </ReactFlow>
    </ReactFlowProvider>
  );
}

function ZoomButtons() {
  const flow = useReactFlow();
  return (
    <Panel position="top-right" className="flex gap-1">
      <IconButton label="Zoom in" variant="default" onClick={() => flow.zoomIn()}>
        <Icon of={Plus} />
      </IconButton>
      <IconButton label="Zoom out" variant="default" onClick={() => flow.zoomOut()}>
        <Icon of={Minus} />
      </IconButton>
      <IconButton label="Fit the whole workflow" variant="default" onClick={() => flow.fitView(FIT)}>
        <Icon of={Maximize2} />
      </IconButton>
    </Panel>
  );
}

function toFlowNode(drawn: DrawnNode, selected: boolean): CanvasNode {
  const { node, shape, position, width, height } = drawn;
  const note = shape === 'note';
  return {
    id: node.key,
    type: note ? 'note' : 'node',
    position: { x: position[0], y: position[1] },
    width,
    height,
    data: drawn,
    selected,
    selectable: !note,
    focusable: !note,
    zIndex: note ? -1 : 1,
    ariaLabel: note ? undefined : `${node.name}, ${typeWord(node.type)}${node.disabled ? ', deactivated' : ''}`,
  };
}

function toFlowEdge({ id, edge, source, target, label, isPart }: DrawnEdge): FlowEdge {
  return {
    id,
    source,
    target,
    sourceHandle: isPart ? 'part' : `main-${edge.output}`,
    targetHandle: isPart ? edge.toType : `main-${edge.input}`,
    label: label || undefined,
    labelStyle: { fill: 'var(--ink-2)', fontSize: 12 },
    labelBgStyle: { fill: 'var(--surface-0)' },
    selectable: false,
    style: isPart ? { strokeDasharray: '5 4' } : undefined,
  };
}
