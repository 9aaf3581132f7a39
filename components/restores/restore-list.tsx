'use client';

import { useMemo } from 'react';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { FilterSelect } from '@/components/shell/filter-select';
import { ServerList } from '@/components/shell/server-list';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { RESTORE_STATUSES } from '@/lib/features/history/restore/model';
import type { RestoreSummary } from '@/lib/features/history/restore/schema';
import { RESTORE_FILTERS, RESTORE_SORT } from './list-settings';
import { restores } from './queries';
import { RESTORE_WORDS } from './restore-words';

const columnsFor = (slug: string): DataColumn<RestoreSummary>[] => [
  {
    id: 'snapshot',
    header: 'Restore of',
    phone: 'title',
    rowHeader: true,
    cell: (row) => (
      <div>
        <NameLink href={`/t/${slug}/restores/${row.id}`}>{row.snapshot.message}</NameLink>
        <span className="block truncate text-12 text-ink-3">
          {row.actor.label} {row.reason && `· ${row.reason}`}
        </span>
      </div>
    ),
  },
  {
    id: 'environment',
    header: 'Environment',
    cell: ({ environment }) => <EnvironmentName tier={environment.class} name={environment.name} />,
  },
  { id: 'status', header: 'State', sort: 'ascending', cell: ({ status }) => <Status {...RESTORE_WORDS[status]} /> },
  { id: 'workflows', header: 'Workflows', align: 'end', width: '6rem', cell: (row) => row.workflowCount },
  {
    id: 'createdAt',
    header: 'Planned',
    sort: 'descending',
    align: 'end',
    cell: (row) => <Time at={row.createdAt} />,
  },
];

const STATUSES = RESTORE_STATUSES.map((status) => ({ value: status, label: RESTORE_WORDS[status].word }));

/** Every restore, planned and done. */
export function RestoreList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="restores"
      resource={restores}
      columns={columns}
      firstSort={RESTORE_SORT}
      filterNames={RESTORE_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
          <FilterSelect
            label="State"
            value={filters.status}
            options={STATUSES}
            onChange={(value) => setFilter('status', value)}
          />
        </>
      )}
      rowName={(row) => row.snapshot.message}
      lines={2}
      empty={
        <EmptyState
          title="Nothing was ever brought back"
          why="A restore begins at a snapshot: its plan is shown first."
          next={<ButtonLink href={`/t/${slug}/snapshots`}>Go to the snapshots</ButtonLink>}
        />
      }
    />
  );
}
