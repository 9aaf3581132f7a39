import type { ReactNode } from 'react';
import { cx } from './class-names';

const TONE = {
  plain: 'bg-surface-2 text-ink-2',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  accent: 'bg-accent-soft text-accent',
  unknown: 'text-unknown inset-ring inset-ring-line-2',
} as const;

/** A short attribute of a thing. Not a state: that is `Status`. */
export function Badge({ tone = 'plain', children }: { tone?: keyof typeof TONE; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex h-4.5 items-center gap-1 rounded-1 px-1.5 text-12 font-medium whitespace-nowrap',
        TONE[tone],
      )}
    >
      {children}
    </span>
  );
}
