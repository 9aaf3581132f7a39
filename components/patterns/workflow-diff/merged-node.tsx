'use client';

import type { Node, NodeProps } from '@xyflow/react';
import type { DiffKind } from '../diff-mark';
import { NodeBox, NoteBox } from '../workflow-graph/canvas-node';
import type { DrawnNode } from '../workflow-graph/graph-model';
import { STROKES } from './diff-looks';

/** A node of the merged canvas: how it is drawn, and what became of it. */
export type MergedNode = Node<DrawnNode & { kind: DiffKind }, 'node' | 'note'>;

const BOX: Record<DiffKind, string> = {
  add: 'border-diff-add bg-diff-add-soft text-diff-add',
  change: 'border-diff-change bg-diff-change-soft text-diff-change',
  remove: 'border-dashed border-diff-remove bg-diff-remove-soft text-diff-remove',
  same: 'border-line-2 bg-surface-1 text-ink-3',
};
const NAME: Record<DiffKind, string> = {
  add: 'text-ink-1',
  change: 'text-ink-1',
  remove: 'text-ink-2 line-through',
  same: 'text-ink-3 font-normal!',
};
const MARK: Record<Exclude<DiffKind, 'same'>, string> = {
  add: 'fill-diff-add',
  change: 'fill-diff-change',
  remove: 'fill-diff-remove',
};

/** A node in the colour of its fate, the glyph at its top right; faded when it stayed as it was. */
export function MergedNodeView({ data, selected }: NodeProps<MergedNode>) {
  return (
    <NodeBox drawn={data} selected={selected} looks={BOX[data.kind]} nameLooks={NAME[data.kind]}>
      <CornerMark kind={data.kind} />
    </NodeBox>
  );
}

/** A sticky note, likewise. */
export function MergedNoteView({ data }: NodeProps<MergedNode>) {
  const looks = data.kind === 'same' ? 'border-line-2 bg-warn-soft/30' : BOX[data.kind];
  return (
    <NoteBox drawn={data} looks={looks}>
      <CornerMark kind={data.kind} />
    </NoteBox>
  );
}

function CornerMark({ kind }: { kind: DiffKind }) {
  if (kind === 'same') return null;
  return (
    <svg viewBox="-10 -10 20 20" aria-hidden="true" className="absolute -top-3 -right-3 size-6">
      <MarkShape kind={kind} />
    </svg>
  );
}

/** A disc with its glyph, around the origin. */
export function MarkShape({ kind }: { kind: Exclude<DiffKind, 'same'> }) {
  return (
    <>
      <circle r={9} className={MARK[kind]} />
      <path d={STROKES[kind]} className="fill-none stroke-surface-1" strokeWidth={1.8} strokeLinecap="round" />
    </>
  );
}
