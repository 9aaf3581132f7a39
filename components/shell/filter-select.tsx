'use client';

import { Select, type SelectOption } from '@/components/ui/select';

type FilterSelectProps = {
  /** What it filters by: "Environment". Stands as its own first option. */
  label: string;
  value: string;
  options: readonly SelectOption[];
  onChange(value: string): void;
};

/** A filter over a list: any, or one value. */
export function FilterSelect({ label, value, options, onChange }: FilterSelectProps) {
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={[{ value: '', label: `${label}: any` }, ...options]}
      className="max-md:w-full"
    />
  );
}
