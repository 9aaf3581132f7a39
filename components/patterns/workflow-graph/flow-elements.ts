import { type Edge as FlowEdge, type Node, type NodeHandle, Position } from '@xyflow/react';
import { type DrawnEdge, type DrawnNode, type Port, typeWord } from './graph-model';

/** A node of the canvas with all it is drawn from. */
export type CanvasNode = Node<DrawnNode, 'node' | 'note'>;

/** A drawn node as React Flow takes it. Sizes and ports are given, so that nothing has to be measured before it shows. */
export function toFlowNode(drawn: DrawnNode): CanvasNode {
  const { node, shape, position, width, height } = drawn;
  const note = shape === 'note';
  return {
    id: node.key,
    type: note ? 'note' : 'node',
    position: { x: position[0], y: position[1] },
    width,
    height,
    measured: { width, height },
    handles: handlesOf(drawn),
    data: drawn,
    selectable: !note,
    focusable: !note,
    zIndex: note ? -1 : 1,
    ariaLabel: note ? undefined : `${node.name}, ${typeWord(node.type)}${node.disabled ? ', deactivated' : ''}`,
  };
}

/** A connection as React Flow takes it. */
export function toFlowEdge({ id, edge, source, target, label, isPart }: DrawnEdge): FlowEdge {
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

/** How far along its side a port stands, from 0 to 1: ports share it out evenly. */
export function portShare(index: number, count: number): number {
  return (index + 1) / (count + 1);
}

function handlesOf({ shape, width, height, inputs, outputs, parts }: DrawnNode): NodeHandle[] {
  const at = (ports: readonly Port[], type: NodeHandle['type'], position: Position) =>
    ports.map(({ id }, index): NodeHandle => {
      const share = portShare(index, ports.length);
      const beside = position === Position.Left || position === Position.Right;
      const x = beside ? (position === Position.Left ? 0 : width) : width * share;
      const y = beside ? height * share : position === Position.Top ? 0 : height;
      return { id, type, position, x, y, width: 0, height: 0 };
    });
  return [
    ...at(inputs, 'target', Position.Left),
    ...at(outputs, 'source', Position.Right),
    ...at(parts, 'target', Position.Bottom),
    ...at(shape === 'part' ? [{ id: 'part', label: '' }] : [], 'source', Position.Top),
  ];
}
