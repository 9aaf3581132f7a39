'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTenant } from '@/components/shell/tenant';
import { Radio } from '@/components/ui/checkbox';
import { SearchField } from '@/components/ui/search-field';
import { SkeletonLines } from '@/components/ui/skeleton';
import { lineages } from './queries';

type LineagePickerProps = {
  /** Names the group of radio buttons. */
  name: string;
  value: string;
  onChange(id: string): void;
};

/** Chooses a lineage by a part of its name. */
export function LineagePicker({ name, value, onChange }: LineagePickerProps) {
  const { slug } = useTenant();
  const [search, setSearch] = useState('');
  const { data } = useQuery({
    ...lineages(slug, { search: search || undefined, sort: 'name', page: 1 }),
    placeholderData: keepPreviousData,
  });
  return (
    <div>
      <SearchField label="Name of the lineage" value={search} onChange={setSearch} className="w-full" />
      <ul className="mt-2 h-56 overflow-y-auto" aria-label="Lineages">
        {!data && <SkeletonLines lines={5} label="the lineages" />}
        {data?.items.length === 0 && <li className="py-2 text-ink-2">No lineage is called that.</li>}
        {data?.items.map((lineage) => (
          <li key={lineage.id}>
            <Radio
              name={name}
              value={lineage.id}
              checked={lineage.id === value}
              onChange={() => onChange(lineage.id)}
              className="w-full"
            >
              <span className="min-w-0 truncate">{lineage.name}</span>
              <span className="ml-auto pr-1 text-12 text-ink-3">
                in {lineage.environments} {lineage.environments === 1 ? 'environment' : 'environments'}
              </span>
            </Radio>
          </li>
        ))}
      </ul>
    </div>
  );
}
