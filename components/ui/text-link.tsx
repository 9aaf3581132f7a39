import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cx } from './class-names';

/** Leads somewhere else and says where; the name of a thing is a `NameLink`. 24 px to hit. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link {...rest} className={cx('link inline-flex min-h-6 max-w-full items-center', className)} />;
}
