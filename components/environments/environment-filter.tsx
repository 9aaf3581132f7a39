'use client';

import { FilterSelect } from '@/components/shell/filter-select';
import { useEnvironments } from './queries';

/** Narrows a list to one environment. */
export function EnvironmentFilter({ value, onChange }: { value: string; onChange(value: string): void }) {
  const { data } = useEnvironments();
  const options = (data?.items ?? []).map(({ id, name, class: tier }) => ({ value: id, label: `${name} (${tier})` }));
  return <FilterSelect label="Environment" value={value} options={options} onChange={onChange} />;
}
