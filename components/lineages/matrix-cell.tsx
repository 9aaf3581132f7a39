import Link from 'next/link';
import { cx } from '@/components/ui/class-names';
import { Glyph } from '@/components/ui/glyph';
import { Time } from '@/components/ui/time';
import type { CellState } from '@/lib/features/change/lineages/model';
import type { MatrixCell as Cell } from '@/lib/features/change/lineages/schema';
import { CELL_WORDS, driftInWords } from './cell-words';

/** The sign of a state: a glyph for what is wrong or not known, a quiet character for the rest. */
export function CellMark({ state }: { state: CellState | 'absent' }) {
  const { mark } = CELL_WORDS[state];
  if ('glyph' in mark) return <Glyph kind={mark.glyph} className="size-3" />;
  return (
    <span aria-hidden="true" className="w-3 text-center">
      {mark.sign}
    </span>
  );
}

/** How one lineage stands in one environment; leads to the comparison. */
export function MatrixCell({ cell, href, label }: { cell: Cell | null; href: string; label: string }) {
  const state = cell?.state ?? 'absent';
  const { word, ink } = CELL_WORDS[state];
  const said = cell?.driftClass ? driftInWords(cell.driftClass) : word;
  const inner = (
    <>
      <CellMark state={state} />
      {state === 'drifted' ? `drifted, ${said}` : said}
      {cell?.changedAt && <Time at={cell.changedAt} className="font-normal text-ink-3" />}
      {cell?.unpublishedChanges && <span className="font-normal text-warn">· draft ahead</span>}
      {cell && !cell.active && !cell.archived && <span className="font-normal text-ink-3">· off</span>}
      {cell?.archived && <span className="font-normal text-ink-3">· archived</span>}
    </>
  );
  const looks = cx('inline-flex min-h-6 items-center gap-1.5 text-12 whitespace-nowrap', ink);
  if (!cell) return <span className={looks}>{inner}</span>;
  return (
    <Link href={href} prefetch={false} aria-label={label} className={cx(looks, 'rounded-1 hover:underline')}>
      {inner}
    </Link>
  );
}

const LEGEND = ['same', 'differs', 'drifted', 'missing', 'unknown', 'absent'] as const;

/** What the signs mean. */
export function MatrixLegend() {
  return (
    <ul aria-label="What the signs mean" className="flex flex-wrap gap-x-4 gap-y-1 text-12">
      {LEGEND.map((state) => (
        <li key={state} className={cx('inline-flex items-center gap-1.5', CELL_WORDS[state].ink)}>
          <CellMark state={state} />
          {CELL_WORDS[state].meaning}
        </li>
      ))}
    </ul>
  );
}
