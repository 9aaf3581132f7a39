import { cx } from '@/components/ui/class-names';
import { Glyph, type GlyphKind } from '@/components/ui/glyph';
import { Time } from '@/components/ui/time';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { type LifecycleStep, lifecycleOf } from './lifecycle';

const MARK: Record<LifecycleStep['state'], GlyphKind> = { done: 'ok', skipped: 'dot', next: 'wait', later: 'wait' };
const SAID: Record<Exclude<LifecycleStep['state'], 'done'>, string> = {
  skipped: 'passed over',
  next: 'next',
  later: 'not yet',
};

/** Where an incident stands on its way from detected to closed. */
export function LifecycleStrip({ incident }: { incident: Incident }) {
  return (
    <ol
      aria-label="State"
      className="mt-5 grid grid-cols-5 border-y border-line max-md:grid-cols-2 max-md:gap-x-4 max-md:py-1"
    >
      {lifecycleOf(incident).map(({ status, state, at }) => (
        <li
          key={status}
          aria-current={state === 'next' ? 'step' : undefined}
          className={cx(
            'flex gap-2 py-2.5 md:border-l md:border-line md:pl-4 md:first:border-l-0 md:first:pl-0',
            state === 'next' && 'md:inset-shadow-[0_-2px_var(--accent)]',
          )}
        >
          <Glyph kind={MARK[state]} className="mt-0.5" />
          <span className="min-w-0">
            <span className={cx('block', state === 'next' ? 'font-semibold' : 'font-medium text-ink-2')}>{status}</span>
            <span className="block min-h-4 text-12 text-ink-3">{at ? <Time at={at} /> : SAID[state as 'next']}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
