'use client';

import '@xyflow/react/dist/base.css';
import {
  Background,
  BackgroundVariant,
  type Edge,
  type EdgeTypes,
  type FitViewOptions,
  type Node,
  type NodeTypes,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { Maximize2, Minus, Plus } from 'lucide-react';
import { type CSSProperties, type ReactNode, useEffect } from 'react';
import { IconButton } from '../../ui/button';
import { Icon } from '../../ui/icon';

/** On a phone a whole workflow would be too small to read: there one sees its middle and pans. */
const FIT: FitViewOptions = { padding: 0.1, minZoom: 0.35, maxZoom: 1 };

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

type CanvasProps = {
  /** What it shows, in words. */
  label?: string;
  nodes: Node[];
  edges: Edge[];
  nodeTypes: NodeTypes;
  edgeTypes?: EdgeTypes;
  /** What is in view at first; by default the whole, as far as it stays legible. */
  firstView?: FitViewOptions;
  /** Id of the node that was clicked, or chosen by Enter. */
  onPick(id: string): void;
  /** What stands on the canvas: panels, and parts that move the view. */
  children?: ReactNode;
};

/** A canvas to look at: pan by dragging, zoom with the buttons, by pinching or with Ctrl and the wheel. */
export function Canvas({ label, firstView = FIT, onPick, children, ...rest }: CanvasProps) {
  return (
    <ReactFlowProvider>
      <ReactFlow
        {...rest}
        aria-label={label}
        style={LOOKS}
        className="[&_.react-flow__attribution_a]:inline-block [&_.react-flow__attribution_a]:p-1.5 [&_.react-flow__attribution_a]:text-12 [&_.react-flow__attribution_a]:text-ink-3"
        fitView
        fitViewOptions={firstView}
        minZoom={0.1}
        maxZoom={1.5}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        ariaLabelConfig={SAYS}
        onNodesChange={(changes) => {
          const chosen = changes.find((change) => change.type === 'select' && change.selected);
          if (chosen && 'id' in chosen) onPick(chosen.id);
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} />
        <ZoomButtons />
        <TextScale />
        {children}
      </ReactFlow>
    </ReactFlowProvider>
  );
}

/** Keeps names legible from afar: they shrink less than what they name, in steps, up to the room between two nodes. */
function TextScale() {
  const scale = useStore(({ transform }) => Math.round(Math.min(1.7, Math.max(1, 0.8 / transform[2])) * 5) / 5);
  const root = useStore(({ domNode }) => domNode);
  useEffect(() => root?.style.setProperty('--text-scale', `${scale}`), [root, scale]);
  return null;
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
      <IconButton
        label="Fit the whole workflow"
        variant="default"
        onClick={() => flow.fitView({ ...FIT, minZoom: 0.1 })}
      >
        <Icon of={Maximize2} />
      </IconButton>
    </Panel>
  );
}
