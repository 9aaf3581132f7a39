'use client';

import { Check, Minus } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names';
import { useFieldAttributes } from './field';

type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'children'> & {
  /** Some of what it stands for is ticked. */
  mixed?: boolean;
  /** Its words; without them give `aria-label`. */
  children?: ReactNode;
};

/** A tick box: a real input, 16 px to see and 24 px to hit. */
export function Checkbox({ mixed = false, children, className, ...rest }: CheckboxProps) {
  const field = useFieldAttributes(rest);
  return (
    <label
      className={cx('relative inline-flex min-h-6 items-center gap-2', !children && 'size-6 justify-center', className)}
    >
      <span className="relative grid size-4 flex-none place-items-center">
        <input
          {...rest}
          {...field}
          type="checkbox"
          ref={(input) => {
            if (input) input.indeterminate = mixed;
          }}
          className="peer size-4 appearance-none rounded-1 border border-line-control bg-surface-1 checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent"
        />
        <Check
          aria-hidden="true"
          className="pointer-events-none absolute hidden size-3 text-accent-ink peer-checked:block peer-indeterminate:hidden"
        />
        <Minus
          aria-hidden="true"
          className="pointer-events-none absolute hidden size-3 text-accent-ink peer-indeterminate:block"
        />
      </span>
      {children}
    </label>
  );
}

/** One of several, each with room for a line of explanation. Give all of a group the same `name`. */
export function Radio({ children, className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className={cx('inline-flex min-h-6 items-center gap-2', className)}>
      <input
        {...rest}
        type="radio"
        className="size-4 flex-none appearance-none rounded-full border border-line-control bg-surface-1 checked:border-5 checked:border-accent focus-visible:rounded-full"
      />
      {children}
    </label>
  );
}

/** The input's own `checked` is its state; `aria-checked` beside it would only be able to disagree. */
const AS_SWITCH = { role: 'switch' } as const;

/** On or off, at once. The same input with the role of a switch. */
export function Switch({ children, className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  const field = useFieldAttributes(rest);
  return (
    <label className={cx('inline-flex min-h-6 items-center gap-2', className)}>
      <span className="relative inline-flex h-4 w-7 flex-none">
        <input
          {...rest}
          {...field}
          type="checkbox"
          {...AS_SWITCH}
          className="peer h-4 w-7 appearance-none rounded-full border border-line-control bg-surface-1 transition-tint checked:border-accent checked:bg-accent focus-visible:rounded-full"
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-[3px] left-[3px] size-2.5 rounded-full bg-line-control transition-transform duration-(--motion-fast) peer-checked:translate-x-3 peer-checked:bg-accent-ink"
        />
      </span>
      {children}
    </label>
  );
}
