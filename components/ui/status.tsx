import { cx } from './class-names';
import { Glyph, type StatusKind } from './glyph';

export const STATUS_INK: Record<StatusKind, string> = {
  ok: 'text-ink-2',
  warn: 'font-medium text-warn',
  bad: 'font-semibold text-bad',
  unknown: 'text-unknown',
  run: 'font-medium text-accent',
  wait: 'text-ink-3',
  hold: 'font-medium text-warn',
};

/** A state as glyph and word. The word is required: colour and shape never stand alone. */
export function Status({ kind, word, className }: { kind: StatusKind; word: string; className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap', STATUS_INK[kind], className)}>
      <Glyph kind={kind} />
      {word}
    </span>
  );
}
