import { cx } from '@/components/ui/class-names';
import { Glyph } from '@/components/ui/glyph';
import type { RailStep } from './missing';

const SAID = { ok: 'done', warn: 'something is missing', bad: 'stopped', run: 'now', wait: 'not yet' } as const;

/** The steps of the page side by side; each leads to its part. The first that is not done is where one is needed. */
export function StepRail({ steps }: { steps: readonly RailStep[] }) {
  const current = steps.find(({ kind }) => kind !== 'ok')?.anchor;
  return (
    <nav
      aria-label="Steps"
      className="sticky top-12 z-4 -mx-8 mt-4 overflow-x-auto border-b border-line bg-surface-1 px-8 max-md:-mx-4 max-md:px-4"
    >
      <ol className="flex min-w-max">
        {steps.map(({ anchor, title, note, kind }) => (
          <li key={anchor} className="flex-1 not-first:border-l not-first:border-line-2 not-first:pl-4">
            <a
              href={`#${anchor}`}
              aria-current={anchor === current ? 'step' : undefined}
              className={cx(
                'flex gap-2 py-2.5 pr-3 whitespace-nowrap -outline-offset-2',
                anchor === current && 'inset-shadow-[0_-2px_var(--accent)]',
              )}
            >
              <Glyph kind={kind} className="mt-0.5" />
              <span>
                <span
                  className={cx('block', anchor === current ? 'font-semibold text-ink-1' : 'font-medium text-ink-2')}
                >
                  {title}
                </span>
                <span className="sr-only">{SAID[kind as keyof typeof SAID] ?? kind}, </span>
                <span className="block text-12 text-ink-3">{note}</span>
              </span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
