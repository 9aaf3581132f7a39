'use client';

import { useCallback, useMemo } from 'react';
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
import type { Query } from '@/lib/client/api';
import { formatSpan } from '@/lib/client/time-format';
import { CHECK_STATUSES, CHECK_TRIGGERS } from '@/lib/features/drift/drift-detection/model';
import type { DriftReport } from '@/lib/features/drift/drift-reports/schema';
import { CHECK_WORDS, countsInWords, TRIGGER_WORDS } from './drift-words';
import { CHECK_FILTERS, CHECK_SORT } from './list-settings';
import { checks } from './queries';

const columnsFor = (slug: string): DataColumn<DriftReport>[] => [
  {
    id: 'check',
    header: 'Check',
    phone: 'title',
    rowHeader: true,
    cell: (row) => (
      <div>
        <NameLink href={`/t/${slug}/incidents/checks/${row.id}`}>
          <Status {...CHECK_WORDS[row.status]} />
        </NameLink>
        <span className="block truncate text-12 text-ink-3">{row.problem?.detail ?? countsInWords(row)}</span>
      </div>
    ),
  },
  {
    id: 'environment',
    header: 'Environment',
    cell: ({ environment }) => <EnvironmentName tier={environment.class} name={environment.name} />,
  },
  {
    id: 'trigger',
    header: 'Why',
    phone: 'hide',
    cell: ({ trigger, startedBy }) => (
      <span className="text-ink-2">
        {TRIGGER_WORDS[trigger]}
        {trigger !== 'schedule' && `, ${startedBy}`}
      </span>
    ),
  },
  {
    id: 'driftedCount',
    header: 'Drifted',
    sort: 'descending',
    align: 'end',
    width: '6rem',
    cell: ({ status, driftedCount }) =>
      status === 'clean' || status === 'drifted' ? driftedCount : <span className="text-unknown">unknown</span>,
  },
  {
    id: 'durationMs',
    header: 'Took',
    sort: 'descending',
    align: 'end',
    width: '6rem',
    cell: ({ durationMs }) => formatSpan(durationMs),
  },
  { id: 'startedAt', header: 'Begun', sort: 'descending', align: 'end', cell: (row) => <Time at={row.startedAt} /> },
];

const STATUSES = CHECK_STATUSES.map((status) => ({ value: status, label: CHECK_WORDS[status].word }));
const TRIGGERS = CHECK_TRIGGERS.map((trigger) => ({ value: trigger, label: TRIGGER_WORDS[trigger] }));

/** Every look at an environment, the newest first; of one of them, or of all. */
export function CheckList({ environmentId }: { environmentId?: string }) {
  const { slug } = useTenant();
  const columns = useMemo(
    () => columnsFor(slug).filter(({ id }) => id !== 'environment' || !environmentId),
    [slug, environmentId],
  );
  const resource = useCallback(
    (tenant: string, query: Query) => checks(tenant, environmentId ? { ...query, environmentId } : query),
    [environmentId],
  );
  return (
    <ServerList
      noun="checks"
      resource={resource}
      columns={columns}
      firstSort={CHECK_SORT}
      filterNames={CHECK_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          {!environmentId && (
            <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
          )}
          <FilterSelect
            label="Outcome"
            value={filters.status}
            options={STATUSES}
            onChange={(value) => setFilter('status', value)}
          />
          <FilterSelect
            label="Begun"
            value={filters.trigger}
            options={TRIGGERS}
            onChange={(value) => setFilter('trigger', value)}
          />
        </>
      )}
      rowName={({ environment, startedAt }) => `${environment.name}, ${startedAt}`}
      lines={2}
      empty={
        <EmptyState
          title="Nothing was checked yet"
          why="Staging and production are checked by themselves, as often as the policy says, once they are connected."
          next={<ButtonLink href={`/t/${slug}/environments`}>Go to the environments</ButtonLink>}
        />
      }
    />
  );
}
