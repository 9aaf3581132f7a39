'use client';

import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { cx } from '../../ui/class-names';
import { type DrawnNode, type NodeShape, type Port, typeWord } from './graph-model';
import { NodeIcon } from './node-icon';

export type CanvasNode = Node<DrawnNode, 'node' | 'note'>;

const CORNERS: Record<NodeShape, string> = {
  trigger: 'rounded-3 rounded-l-[36px]',
  step: 'rounded-3',
  root: 'rounded-3',
  part: 'rounded-full',
  note: 'rounded-2',
};

/** A node as n8n draws it: a square with its name below; a root wide, with its name inside; a part round. */
export function CanvasNodeView({ data, selected }: NodeProps<CanvasNode>) {
  const { node, shape, inputs, outputs, parts } = data;
  const wide = shape === 'root';
  const words = (
    <>
      <span className="line-clamp-2 font-medium text-ink-1">{node.name}</span>
      <span className="block truncate text-12 text-ink-3">{node.disabled ? 'deactivated' : typeWord(node.type)}</span>
    </>
  );
  return (
    <div
      className={cx(
        'relative flex size-full items-center justify-center gap-3 border-[1.5px] bg-surface-1 text-ink-2',
        CORNERS[shape],
        node.disabled ? 'border-dashed border-line-control opacity-70' : 'border-line-2',
        selected && 'outline-2 outline-offset-3 outline-accent',
      )}
    >
      <NodeIcon type={node.type} className="size-7" />
      {wide ? (
        <span className="max-w-40 leading-tight">{words}</span>
      ) : (
        <span className="absolute top-full left-1/2 w-44 -translate-x-1/2 pt-1.5 text-center leading-tight">
          {words}
        </span>
      )}
      <Ports ports={inputs} type="target" side={Position.Left} />
      <Ports ports={outputs} type="source" side={Position.Right} />
      <Ports ports={parts} type="target" side={Position.Bottom} />
      {shape === 'part' && <Ports ports={[{ id: 'part', label: '' }]} type="source" side={Position.Top} />}
    </div>
  );
}

type PortsProps = { ports: readonly Port[]; type: 'source' | 'target'; side: Position };

/** Ports share out their side evenly. */
function Ports({ ports, type, side }: PortsProps) {
  const below = side === Position.Bottom;
  return ports.map((port, index) => {
    const share = `${((index + 1) / (ports.length + 1)) * 100}%`;
    return (
      <Handle
        key={port.id}
        id={port.id}
        type={type}
        position={side}
        isConnectable={false}
        style={side === Position.Left || side === Position.Right ? { top: share } : { left: share }}
        className={cx(
          'size-2! border-[1.5px]! border-line-control! bg-surface-1!',
          side === Position.Left && 'h-3.5! w-1.5! rounded-1!',
          (below || side === Position.Top) && 'rotate-45 rounded-none!',
        )}
      >
        {below && (
          <span className="absolute top-1/2 left-1/2 block origin-top-left -rotate-45 text-[10px] whitespace-nowrap text-ink-3">
            <span className="absolute top-2 left-0 -translate-x-1/2 bg-surface-0 px-0.5">{port.label}</span>
          </span>
        )}
      </Handle>
    );
  });
}

/** Paper behind the nodes. Its text is shown as written: it may hold anything. */
export function CanvasNoteView({ data }: NodeProps<CanvasNode>) {
  const { content } = data.node.parameters;
  return (
    <div className="size-full overflow-hidden rounded-2 border border-line-2 bg-warn-soft/60 p-3 text-12 whitespace-pre-wrap text-ink-2">
      {typeof content === 'string' ? content : ''}
    </div>
  );
}
