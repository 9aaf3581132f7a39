'use client';

import { type ReactNode, useId } from 'react';

type Segment<Value extends string> = { value: Value; label: ReactNode };

type SegmentedProps<Value extends string> = {
  /** What is being chosen, for screen readers. */
  label: string;
  value: Value;
  options: readonly Segment<NoInfer<Value>>[];
  onChange(value: NoInfer<Value>): void;
};

/** One of few, side by side. Radio buttons underneath: arrow keys move, one tab stop. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className="inline-flex max-w-full min-w-0 overflow-x-auto rounded-2 border border-line-2">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex h-6.5 flex-none items-center gap-1.5 border-l border-line-2 px-2.5 font-medium text-ink-2 first-of-type:rounded-l-[5px] first-of-type:border-l-0 last-of-type:rounded-r-[5px] has-checked:bg-surface-3 has-checked:text-ink-1 has-focus-visible:z-1 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent max-md:h-8"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none focus-visible:outline-none"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
