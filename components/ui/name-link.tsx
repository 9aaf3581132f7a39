import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cx } from './class-names';

/** The name of a thing, leading to its page; what the first column of a table holds. 24 px to hit. */
export function NameLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      className={cx(
        'inline-flex min-h-6 max-w-full items-center font-medium text-ink-1 hover:underline hover:underline-offset-3',
        className,
      )}
    />
  );
}
