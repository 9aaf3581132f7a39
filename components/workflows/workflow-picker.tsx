'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronsUpDown } from 'lucide-react';
import { useState } from 'react';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { useTenant } from '@/components/shell/tenant';
import { Icon } from '@/components/ui/icon';
import { Popover } from '@/components/ui/popover';
import { SearchField } from '@/components/ui/search-field';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { Workflow } from '@/lib/features/inventory/workflows/schema';
import { workflows } from './queries';

type WorkflowPickerProps = {
  label: string;
  /** Id of the chosen workflow; empty when none is. */
  value: string;
  /** The chosen workflow, once it is there. */
  chosen: Pick<Workflow, 'name' | 'environment'> | undefined;
  onChange(id: string): void;
};

/** Chooses a workflow among all of all environments by a part of its name. */
export function WorkflowPicker({ label, value, chosen, onChange }: WorkflowPickerProps) {
  return (
    <div className="min-w-0">
      <span aria-hidden="true" className="mb-1 block text-12 font-medium text-ink-2">
        {label}
      </span>
      <Popover
        // A choice closes it: with another key it is another popover, at rest.
        key={value}
        label={`${label}: choose a workflow`}
        trigger={
          <button
            type="button"
            className="flex min-h-9 w-full items-center gap-3 rounded-2 border border-line-control bg-surface-1 px-2.5 py-1 text-left hover:bg-surface-2"
          >
            <span className="sr-only">{label}: </span>
            {chosen ? <Choice workflow={chosen} /> : <span className="flex-1 text-ink-3">Choose a workflow</span>}
            <Icon of={ChevronsUpDown} className="flex-none text-ink-3" />
          </button>
        }
      >
        <Search value={value} onChange={onChange} />
      </Popover>
    </div>
  );
}

function Choice({ workflow: { name, environment } }: { workflow: Pick<Workflow, 'name' | 'environment'> }) {
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3">
      <span className="min-w-0 truncate font-medium">{name}</span>
      <EnvironmentName tier={environment.class} name={environment.name} />
    </span>
  );
}

function Search({ value, onChange }: Pick<WorkflowPickerProps, 'value' | 'onChange'>) {
  const { slug } = useTenant();
  const [search, setSearch] = useState('');
  const { data } = useQuery({
    ...workflows(slug, { search: search || undefined, sort: 'name', page: 1 }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <SearchField label="Name or tag" value={search} onChange={setSearch} className="w-full" />
      <ul className="mt-2 max-h-72 overflow-y-auto" aria-label="Workflows">
        {!data && <SkeletonLines lines={5} label="the workflows" />}
        {data?.items.length === 0 && <li className="py-2 text-ink-2">No workflow is called that.</li>}
        {data?.items.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              aria-current={row.id === value ? 'true' : undefined}
              onClick={() => onChange(row.id)}
              className="flex min-h-8 w-full items-center rounded-2 px-2 py-1 text-left -outline-offset-2 hover:bg-surface-2 aria-[current]:bg-accent-soft"
            >
              <Choice workflow={row} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
