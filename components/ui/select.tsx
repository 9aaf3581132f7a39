'use client';

import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './class-names';
import { useFieldAttributes } from './field';
import { Icon } from './icon';

export type SelectOption = { value: string; label: string };

/** One of a list. The browser's own control: it is the best one on a phone and costs nothing. */
export function Select({
  options,
  className,
  ...rest
}: ComponentProps<'select'> & { options: readonly SelectOption[] }) {
  const field = useFieldAttributes(rest);
  return (
    <span className={cx('relative flex items-center', className)}>
      <select
        {...rest}
        {...field}
        className="h-(--control) w-full appearance-none rounded-2 border border-line-control bg-surface-1 pr-8 pl-2 text-ink-1 focus-visible:rounded-2 aria-invalid:border-bad max-md:h-9 max-md:text-16"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} className="pointer-events-none absolute right-2 text-ink-3" />
    </span>
  );
}
