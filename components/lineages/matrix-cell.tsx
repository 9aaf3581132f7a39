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

type MatrixCellProps = {
  cell: Cell | null;
  /** Its comparison. */
  href: string;
  /** What the cell is about, for whoever hears the link alone: "Order intake in Production". */
  about: string;
};

/** How one lineage stands in one environment; leads to the comparison. */
export function MatrixCell({ cell, href, about }: MatrixCellProps) {
  const state = cell?.state ?? 'absent';
  const looks = cx('inline-flex min-h-6 items-center gap-1.5 text-12 whitespace-nowrap', CELL_WORDS[state].ink);
  if (!cell) {
    return (
      <span className={looks}>
        <CellMark state="absent" />
        {CELL_WORDS.absent.word}
      </span>
    );
  }
  return (
    <Link href={href} prefetch={false} className={cx(looks, 'rounded-1 hover:underline')}>
      <span className="sr-only">{about}: </span>
      <CellMark state={state} />
      {cell.driftClass ? `drifted, ${driftInWords(cell.driftClass)}` : CELL_WORDS[state].word}
      {cell.changedAt && <Time at={cell.changedAt} className="font-normal text-ink-3" />}
      {cell.unpublishedChanges && <span className="font-normal text-warn">· draft ahead</span>}
      {cell.archived ? (
        <span className="font-normal text-ink-3">· archived</span>
      ) : (
        !cell.active && <span className="font-normal text-ink-3">· off</span>
      )}
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
