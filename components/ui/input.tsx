'use client';

import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names';
import { useFieldAttributes } from './field';
import { Icon } from './icon';

const BOX =
  'w-full rounded-2 border border-line-control bg-surface-1 text-ink-1 max-md:text-16 ' +
  'focus-visible:rounded-2 aria-invalid:border-bad aria-invalid:inset-ring aria-invalid:inset-ring-bad';

/** A line of text. `icon` stands before it, `after` (a key cap, a unit) behind. */
export function Input({
  icon,
  after,
  className,
  ...rest
}: ComponentProps<'input'> & { icon?: LucideIcon; after?: ReactNode }) {
  const field = useFieldAttributes(rest);
  return (
    <span className={cx('relative flex items-center', className)}>
      {icon && <Icon of={icon} className="pointer-events-none absolute left-2 text-ink-3" />}
      <input
        {...rest}
        {...field}
        className={cx(BOX, 'h-(--control) max-md:h-9', icon ? 'pl-8' : 'pl-2', after ? 'pr-9' : 'pr-2')}
      />
      {after && <span className="pointer-events-none absolute right-2 flex text-ink-3">{after}</span>}
    </span>
  );
}

/** Several lines of text; grows with its content where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  const field = useFieldAttributes(rest);
  return <textarea {...rest} {...field} className={cx(BOX, 'field-sizing-content min-h-16 px-2 py-1', className)} />;
}
