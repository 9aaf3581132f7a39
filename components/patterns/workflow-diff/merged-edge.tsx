'use client';

import { BaseEdge, type Edge, type EdgeProps, getBezierPath } from '@xyflow/react';
import type { DiffKind } from '../diff-mark';
import { MarkShape } from './merged-node';

/** A connection that came, went or changed its rank. */
export type MergedEdge = Edge<{ kind: Exclude<DiffKind, 'same'> }, 'changed'>;

/** A connection in the colour of its fate, the glyph in its middle. */
export function MergedEdgeView({ data, selected, style, ...ends }: EdgeProps<MergedEdge>) {
  const [path, x, y] = getBezierPath(ends);
  const kind = data?.kind ?? 'change';
  return (
    <>
      <BaseEdge
        path={path}
        style={{
          ...style,
          stroke: `var(--diff-${kind})`,
          strokeWidth: selected ? 3.5 : 2,
          strokeDasharray: kind === 'remove' ? '6 4' : style?.strokeDasharray,
        }}
      />
      <g transform={`translate(${x} ${y})`}>
        {selected && <circle r={12} className="fill-none stroke-accent" strokeWidth={2} />}
        <MarkShape kind={kind} />
      </g>
    </>
  );
}
