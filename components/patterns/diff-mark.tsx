import { cx } from '../ui/class-names';

export type DiffKind = 'add' | 'change' | 'remove' | 'same';

const MARK: Record<DiffKind, { glyph: string; word: string; looks: string }> = {
  add: { glyph: '+', word: 'added', looks: 'bg-diff-add-soft text-diff-add' },
  change: { glyph: '~', word: 'changed', looks: 'bg-diff-change-soft text-diff-change' },
  remove: { glyph: '−', word: 'removed', looks: 'bg-diff-remove-soft text-diff-remove' },
  same: { glyph: '=', word: 'unchanged', looks: 'bg-surface-2 text-ink-3' },
};

/** + ~ − = in the order and colours of n8n's own comparison. */
export function DiffMark({ kind }: { kind: DiffKind }) {
  const { glyph, word, looks } = MARK[kind];
  return (
    <span
      role="img"
      aria-label={word}
      className={cx(
        'inline-grid size-4 flex-none place-items-center rounded-1 font-mono text-13 leading-none font-semibold',
        looks,
      )}
    >
      {glyph}
    </span>
  );
}
