import { Fragment, useMemo } from 'react';
import { cx } from '../../ui/class-names';
import { type TextLine, textLines } from './text-lines';

const LINE: Record<TextLine['kind'], { glyph: string; word: string; looks: string }> = {
  same: { glyph: ' ', word: '', looks: 'text-ink-2' },
  added: { glyph: '+', word: 'added', looks: 'bg-diff-add-soft' },
  removed: { glyph: '−', word: 'removed', looks: 'bg-diff-remove-soft' },
};
const NUMBER = 'w-9 flex-none pr-2 text-right text-ink-3 select-none';

/** Two texts line by line, what differs inside a line marked, what did not change folded. */
export function TextChanges({ before, after, label }: { before: string; after: string; label: string }) {
  const lines = useMemo(() => textLines(before, after), [before, after]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section tabIndex={0} aria-label={label} className="max-h-120 overflow-auto rounded-2 border border-line">
      <pre className="min-w-max py-1 font-mono leading-5">
        {lines.map((line, index) =>
          line.kind === 'gap' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
            <span key={index} className="block bg-surface-2 px-2 text-ink-3">
              {`${line.lines} unchanged lines`}
            </span>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
            <Line key={index} line={line} />
          ),
        )}
      </pre>
    </section>
  );
}

function Line({ line: { kind, before, after, text, marks = [] } }: { line: TextLine }) {
  const { glyph, word, looks } = LINE[kind];
  return (
    <span className={cx('flex pr-4', looks)}>
      <span className={NUMBER}>{before}</span>
      <span className={NUMBER}>{after}</span>
      <span className="w-5 flex-none text-center select-none">
        {glyph}
        {word && <span className="sr-only">{word}: </span>}
      </span>
      <span>
        {marks.map(([from, to], index) => (
          <Fragment key={from}>
            {text.slice(marks[index - 1]?.[1] ?? 0, from)}
            <mark className="bg-transparent font-semibold text-inherit underline">{text.slice(from, to)}</mark>
          </Fragment>
        ))}
        {text.slice(marks.at(-1)?.[1] ?? 0) || '\u200b'}
      </span>
    </span>
  );
}
