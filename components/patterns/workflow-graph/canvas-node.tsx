'use client';

import type { NodeProps } from '@xyflow/react';
import type { ReactNode } from 'react';
import { cx } from '../../ui/class-names';
import { type CanvasNode, portShare } from './flow-elements';
import { type DrawnNode, type NodeShape, type Port, typeWord } from './graph-model';
import { NodeIcon } from './node-icon';

const CORNERS: Record<NodeShape, string> = {
  trigger: 'rounded-3 rounded-l-[36px]',
  step: 'rounded-3',
  root: 'rounded-3',
  part: 'rounded-full',
  note: 'rounded-2',
};

/** A node as n8n draws it: a square with its name below; a root wide, with its name inside; a part round. */
export function CanvasNodeView({ data, selected }: NodeProps<CanvasNode>) {
  const looks = data.node.disabled ? 'border-line-control opacity-70' : 'border-line-2';
  return <NodeBox drawn={data} selected={selected} looks={cx('bg-surface-1 text-ink-2', looks)} />;
}

type NodeBoxProps = {
  drawn: DrawnNode;
  selected?: boolean;
  /** Classes for border, ground and ink. */
  looks: string;
  /** Classes for its name. */
  nameLooks?: string;
  /** What stands at its corners. */
  children?: ReactNode;
};

/** The shape, icon, name and ports of a node, in any colours. */
export function NodeBox({ drawn, selected, looks, nameLooks = 'text-ink-1', children }: NodeBoxProps) {
  const { node, shape, inputs, outputs, parts } = drawn;
  const words = (
    <>
      <span className={cx('line-clamp-2 text-[calc(13px*var(--text-scale,1))] font-medium', nameLooks)}>
        {node.name}
      </span>
      <span className="block truncate text-[calc(12px*var(--text-scale,1))] text-ink-3">
        {node.disabled ? 'deactivated' : typeWord(node.type)}
      </span>
    </>
  );
  return (
    <div
      className={cx(
        'relative flex size-full items-center justify-center gap-3 border-[1.5px]',
        CORNERS[shape],
        node.disabled && 'border-dashed',
        looks,
        selected && 'outline-2 outline-offset-3 outline-accent',
      )}
    >
      <NodeIcon type={node.type} className="size-7" />
      {shape === 'root' ? (
        <span className="max-w-40 leading-tight">{words}</span>
      ) : (
        <span className="absolute top-full left-1/2 w-52 -translate-x-1/2 pt-1.5 text-center leading-tight">
          {words}
        </span>
      )}
      <Ports ports={inputs} side="left" />
      <Ports ports={outputs} side="right" />
      <Ports ports={parts} side="bottom" />
      {shape === 'part' && <Ports ports={[{ id: 'part', label: '' }]} side="top" />}
      {children}
    </div>
  );
}

type Side = 'left' | 'right' | 'top' | 'bottom';

const PORT: Record<Side, string> = {
  left: 'left-0 h-3.5 w-1.5 rounded-1',
  right: 'left-full size-2 rounded-full',
  top: 'top-0 size-2 rotate-45',
  bottom: 'top-full size-2 rotate-45',
};

/** Connections end at the left and below, and begin at the right and above. */
const END: Record<Side, 'source' | 'target'> = { left: 'target', bottom: 'target', right: 'source', top: 'source' };

/** Plain elements that React Flow finds by these names; its own `Handle` would listen to the store, which counts in hundreds. */
function Ports({ ports, side }: { ports: readonly Port[]; side: Side }) {
  return ports.map((port, index) => {
    const share = `${portShare(index, ports.length) * 100}%`;
    return (
      <span
        key={port.id}
        data-handleid={port.id}
        data-handlepos={side}
        style={side === 'left' || side === 'right' ? { top: share } : { left: share }}
        className={cx('absolute -translate-1/2 border-[1.5px] border-line-control bg-surface-1', PORT[side], END[side])}
      >
        {side === 'bottom' && (
          <span className="absolute top-1/2 left-1/2 block origin-top-left -rotate-45 text-[10px] whitespace-nowrap text-ink-3">
            <span className="absolute top-2 left-0 -translate-x-1/2 bg-surface-0 px-0.5">{port.label}</span>
          </span>
        )}
      </span>
    );
  });
}

/** Paper behind the nodes. Its text is shown as written: it may hold anything. */
export function CanvasNoteView({ data }: NodeProps<CanvasNode>) {
  return <NoteBox drawn={data} looks="border-line-2 bg-warn-soft/60" />;
}

/** A note in any colours. */
export function NoteBox({ drawn, looks, children }: { drawn: DrawnNode; looks: string; children?: ReactNode }) {
  const { content } = drawn.node.parameters;
  return (
    <div className={cx('relative size-full rounded-2 border p-3 text-12 text-ink-2', looks)}>
      <div className="size-full overflow-hidden whitespace-pre-wrap">{typeof content === 'string' ? content : ''}</div>
      {children}
    </div>
  );
}
