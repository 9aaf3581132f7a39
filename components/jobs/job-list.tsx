'use client';

import { useMemo } from 'react';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import { useEnvironments } from '@/components/environments/queries';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { FilterSelect } from '@/components/shell/filter-select';
import { ServerList } from '@/components/shell/server-list';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Time } from '@/components/ui/time';
import type { Environment } from '@/lib/features/connections/environments/schema';
import { JOB_STATUSES } from '@/lib/features/service/background-jobs/model';
import type { BackgroundJob } from '@/lib/features/service/background-jobs/schema';
import { JobStatus } from './job-status';
import { jobInWords } from './job-words';
import { JOB_FILTERS, JOB_SORT } from './list-settings';
import { jobs } from './queries';

const columnsFor = (slug: string, environments: readonly Environment[]): DataColumn<BackgroundJob>[] => [
  {
    id: 'type',
    header: 'Work',
    phone: 'title',
    cell: (row) => <NameLink href={`/t/${slug}/activity/${row.id}`}>{jobInWords(row.type)}</NameLink>,
  },
  { id: 'status', header: 'Status', width: '9rem', cell: (row) => <JobStatus job={row} /> },
  {
    id: 'environment',
    header: 'Environment',
    cell: (row) => {
      const environment = environments.find(({ id }) => id === row.environmentId);
      return environment ? <EnvironmentName tier={environment.class} name={environment.name} /> : '–';
    },
  },
  { id: 'startedBy', header: 'By', phone: 'hide', cell: (row) => row.startedBy },
  {
    id: 'createdAt',
    header: 'Asked for',
    sort: 'descending',
    align: 'end',
    cell: (row) => <Time at={row.createdAt} />,
  },
];

const STATUSES = JOB_STATUSES.map((status) => ({ value: status, label: status }));

/** Background work, newest first, live. */
export function JobList() {
  const { slug } = useTenant();
  const { data } = useEnvironments();
  const columns = useMemo(() => columnsFor(slug, data?.items ?? []), [slug, data]);
  return (
    <ServerList
      noun="jobs"
      resource={jobs}
      columns={columns}
      firstSort={JOB_SORT}
      filterNames={JOB_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
          <FilterSelect
            label="Status"
            value={filters.status}
            options={STATUSES}
            onChange={(value) => setFilter('status', value)}
          />
        </>
      )}
      rowName={(row) => jobInWords(row.type)}
      empty={
        <EmptyState
          title="Nothing has run yet"
          why="Refreshes and other long work show here while they run and afterwards."
          next={<ButtonLink href={`/t/${slug}/environments`}>Go to the environments</ButtonLink>}
        />
      }
    />
  );
}
