import type { ReactNode } from 'react';
import { cx } from '../ui/class-names';
import { Glyph, type GlyphKind } from '../ui/glyph';

export type JournalEntry = {
  id: string;
  kind: GlyphKind;
  /** Screen readers hear it instead of the glyph: "done", "failed", "not yet". */
  said: string;
  /** A `Time`; absent for what has not happened. */
  time?: ReactNode;
  title: ReactNode;
  /** Calls made, in mono, or a paragraph. */
  detail?: ReactNode;
  /** How long it took, or usually takes. */
  took?: ReactNode;
};

/** What happened, in order, on one spine; what is still to come stands below it, dashed. Also the finished record. */
export function Journal({ label, entries }: { label: string; entries: readonly JournalEntry[] }) {
  return (
    <ol aria-label={label}>
      {entries.map((entry, index) => (
        <li
          key={entry.id}
          className={cx(
            'relative grid grid-cols-[56px_16px_minmax(0,1fr)_auto] gap-3 py-1.5 max-md:grid-cols-[16px_minmax(0,1fr)_auto] max-md:gap-y-0.5',
            'before:absolute before:left-[75px] before:w-0 before:border-l-[1.5px] before:border-line-2 max-md:before:left-[7px]',
            entry.kind === 'wait' && 'text-ink-3 before:border-dashed',
            index === 0 ? 'before:top-3.5' : 'before:top-0',
            index === entries.length - 1 ? 'before:h-3.5' : 'before:bottom-0',
          )}
        >
          <span className="text-12 leading-5 whitespace-nowrap text-ink-3 max-md:col-start-2 max-md:row-start-1">
            {entry.time}
          </span>
          <span className="relative z-1 grid h-5 place-items-center bg-surface-1 max-md:col-start-1 max-md:row-start-1">
            <Glyph kind={entry.kind} />
            <span className="sr-only">{entry.said}</span>
          </span>
          {/* On a phone it stands under its time; without one it would hang below an empty line. */}
          <div
            className={cx(
              'min-w-0 max-md:col-start-2',
              entry.time ? 'max-md:col-span-2 max-md:row-start-2' : 'max-md:row-start-1',
            )}
          >
            {entry.title}
            {entry.detail && <div className="mt-1 text-12 text-ink-2">{entry.detail}</div>}
          </div>
          <span className="text-right text-12 leading-5 whitespace-nowrap tabular-nums text-ink-3">{entry.took}</span>
        </li>
      ))}
    </ol>
  );
}
