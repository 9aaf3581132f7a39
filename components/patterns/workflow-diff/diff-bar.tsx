'use client';

import { Button } from '../../ui/button';
import { Kbd } from '../../ui/kbd';
import { Segmented } from '../../ui/segmented';
import { useShortcut } from '../../ui/shortcuts';
import { type DiffKind, DiffMark } from '../diff-mark';
import { KIND_WORDS } from './diff-looks';
import type { DiffView } from './workflow-diff';

/** How many nodes came, changed, went and stayed, and how many changes there are in all. */
export type DiffCounts = Record<DiffKind, number> & { changes: number };

const VIEWS = [
  { value: 'canvas', label: 'Canvas' },
  { value: 'json', label: 'JSON' },
] as const;

type DiffBarProps = {
  counts: DiffCounts;
  view: DiffView;
  onViewChange(view: DiffView): void;
  /** Position of the chosen change among those one walks through. */
  at: number;
  total: number;
  step(by: 1 | -1): void;
};

/** How much changed, how to look at it, and the way from one change to the next. */
export function DiffBar({ counts, view, onViewChange, at, total, step }: DiffBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line pb-3">
      <Segmented label="How to show the changes" value={view} options={VIEWS} onChange={onViewChange} />
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        {(['add', 'change', 'remove'] as const).map((kind) => (
          <span key={kind} className="inline-flex items-center gap-1.5">
            <DiffMark kind={kind} /> {counts[kind]} {KIND_WORDS[kind]}
          </span>
        ))}
        <span className="text-ink-3">nodes</span>
      </p>
      {view === 'canvas' && <Walk {...{ at, total, step }} />}
    </div>
  );
}

function Walk({ at, total, step }: Pick<DiffBarProps, 'at' | 'total' | 'step'>) {
  useShortcut('n', 'Next change', 'Here', () => step(1));
  useShortcut('p', 'Previous change', 'Here', () => step(-1));
  return (
    <div className="ml-auto flex items-center gap-2">
      <Button size="sm" aria-label="Previous change" title="Previous change" onClick={() => step(-1)}>
        <Kbd>p</Kbd>
      </Button>
      <span aria-live="polite" className="text-12 text-ink-3 tabular-nums">
        {at + 1} of {total}
      </span>
      <Button size="sm" aria-label="Next change" title="Next change" onClick={() => step(1)}>
        <Kbd>n</Kbd>
      </Button>
    </div>
  );
}
