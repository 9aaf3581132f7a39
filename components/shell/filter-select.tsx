'use client';

import { Select, type SelectOption } from '@/components/ui/select';

type FilterSelectProps = {
  /** What it filters by: "Environment". Stands as its own first option. */
  label: string;
  value: string;
  options: readonly SelectOption[];
  /** The first option, where leaving it unset does not mean any. */
  anyLabel?: string;
  onChange(value: string): void;
};

/** A filter over a list: any, or one value. */
export function FilterSelect({ label, value, options, anyLabel, onChange }: FilterSelectProps) {
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={[{ value: '', label: anyLabel ?? `${label}: any` }, ...options]}
      className="max-md:w-full"
    />
  );
}
