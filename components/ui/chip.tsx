'use client';

import { ChevronDown, Plus, X } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './class-names';
import { Icon } from './icon';

const CHIP =
  'inline-flex h-6 items-center gap-1.5 rounded-2 border border-line-2 px-2 text-12 text-ink-2 whitespace-nowrap transition-tint focus-visible:rounded-2 max-md:h-8';

type ChipProps = Omit<ComponentProps<'button'>, 'value' | 'children'> & { label: string; value: string };

/** A choice in force ("Order worst first"). Opens its menu: give it to `DropdownMenu` as trigger. */
export function Chip({ label, value, className, ...rest }: ChipProps) {
  return (
    <button {...rest} type="button" className={cx(CHIP, 'hover:bg-surface-2', className)}>
      {label}
      <span className="font-medium text-ink-1">{value}</span>
      <Icon of={ChevronDown} className="size-3" />
    </button>
  );
}

/** A filter in force; the cross takes it away. */
export function FilterChip({ label, value, onRemove }: { label: string; value: string; onRemove(): void }) {
  return (
    <span className={cx(CHIP, 'pr-0')}>
      {label}
      <span className="font-medium text-ink-1">{value}</span>
      <button
        type="button"
        onClick={onRemove}
        aria-label={`Remove filter ${label} ${value}`}
        className="-ml-1 -my-px grid size-6 place-items-center rounded-2 hover:text-ink-1 max-md:size-8"
      >
        <Icon of={X} className="size-3" />
      </button>
    </span>
  );
}

/** Adds a filter. */
export function AddChip({ children, className, ...rest }: ComponentProps<'button'>) {
  return (
    <button {...rest} type="button" className={cx(CHIP, 'border-dashed text-ink-3 hover:bg-surface-2', className)}>
      <Icon of={Plus} className="size-3" />
      {children}
    </button>
  );
}
