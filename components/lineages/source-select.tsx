'use client';

import { useEnvironments } from '@/components/environments/queries';
import { Select } from '@/components/ui/select';

/** What the cells are compared with. */
export function SourceSelect({ value, onChange }: { value: string; onChange(id: string): void }) {
  const { data } = useEnvironments();
  const options = (data?.items ?? []).map(({ id, name, class: tier }) => ({
    value: id,
    label: `Against: ${name} (${tier})`,
  }));
  return (
    <Select
      aria-label="Compared with"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={[{ value: '', label: 'Against: the first that has it' }, ...options]}
      className="max-md:w-full"
    />
  );
}
