import type { ReactNode } from 'react';
import { cx } from './class-names';

const RULE = {
  plain: 'border-line-2',
  warn: 'border-warn',
  bad: 'border-bad',
  unknown: 'border-dashed border-unknown',
} as const;

/** A remark beside the text: a caveat before a button, or what is not known. */
export function Note({ tone = 'plain', children }: { tone?: keyof typeof RULE; children: ReactNode }) {
  return <div className={cx('border-l-2 py-0.5 pl-3 text-ink-2', RULE[tone])}>{children}</div>;
}
