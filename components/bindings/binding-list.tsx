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
import type { Binding } from '@/lib/features/change/bindings/schema';
import { BindingActions } from './binding-actions';
import { KIND_WORDS, STATE_WORDS, valueInWords } from './binding-words';
import { BINDING_FILTERS, BINDING_SORT } from './list-settings';
import { bindings } from './queries';

const columnsFor = (slug: string): DataColumn<Binding>[] => [
  {
    id: 'requirement',
    header: 'What is required',
    sort: 'ascending',
    phone: 'title',
    rowHeader: true,
    cell: ({ requirement, kind, lineage }) => (
      <div className="min-w-0">
        <b className="wrap-anywhere whitespace-normal">{requirement}</b>
        <span className="block text-12 text-ink-3">
          {KIND_WORDS[kind]}
          {lineage ? (
            <>
              {' for '}
              <NameLink className="min-h-0 text-12 text-ink-2" href={`/t/${slug}/matrix/${lineage.id}`}>
                {lineage.name}
              </NameLink>
            </>
          ) : (
            ' for every workflow'
          )}
        </span>
      </div>
    ),
  },
  {
    id: 'environment',
    header: 'In',
    cell: ({ environment }) => <EnvironmentName tier={environment.class} name={environment.name} />,
  },
  {
    id: 'value',
    header: 'is met by',
    cell: ({ value }) => <span className="wrap-anywhere whitespace-normal">{valueInWords(value)}</span>,
  },
  {
    id: 'reason',
    header: 'Why, and who answers',
    phone: 'hide',
    cell: ({ reason, owner }) => (
      <span className="block whitespace-normal">
        {reason}
        <span className="block text-12 text-ink-3">{owner}</span>
      </span>
    ),
  },
  { id: 'state', header: 'State', cell: (row) => <State binding={row} /> },
  { id: 'actions', header: 'Actions', align: 'end', cell: (row) => <BindingActions binding={row} /> },
];

function State({ binding: { state, expiresAt, reviewedAt, reviewedBy } }: { binding: Binding }) {
  return (
    <span className="block whitespace-normal">
      <Status {...STATE_WORDS[state]} />
      <span className="block text-12 text-ink-3">
        {reviewedAt ? (
          <>
            <Time at={reviewedAt} prefix="reviewed" /> by {reviewedBy?.label}
          </>
        ) : (
          'not reviewed: what differs by it is still drift'
        )}
        {expiresAt && (
          <>
            {' · '}
            <Time at={expiresAt} prefix={state === 'expired' ? 'ended' : 'ends'} />
          </>
        )}
      </span>
    </span>
  );
}

const KINDS = Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }));
const EXPIRED = [
  { value: 'false', label: 'in force' },
  { value: 'true', label: 'expired' },
];
const REVIEWED = [
  { value: 'false', label: 'not yet' },
  { value: 'true', label: 'reviewed' },
];

/** Every declared difference between environments: who answers for it, whether it still holds. */
export function BindingList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="bindings"
      resource={bindings}
      columns={columns}
      firstSort={BINDING_SORT}
      searchLabel="Requirement"
      filterNames={BINDING_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
          <FilterSelect
            label="Kind"
            value={filters.kind}
            options={KINDS}
            onChange={(kind) => setFilter('kind', kind)}
          />
          <FilterSelect
            label="State"
            value={filters.expired}
            options={EXPIRED}
            onChange={(value) => setFilter('expired', value)}
          />
          <FilterSelect
            label="Review"
            value={filters.reviewed}
            options={REVIEWED}
            onChange={(value) => setFilter('reviewed', value)}
          />
        </>
      )}
      rowName={({ requirement, environment }) => `${requirement} in ${environment.name}`}
      lines={2}
      empty={
        <EmptyState
          title="No difference is declared"
          why="Where a credential has the same name and type in both environments nothing has to be declared. The others show under Credentials."
          next={<ButtonLink href={`/t/${slug}/bindings/credentials`}>Look at the credentials</ButtonLink>}
        />
      }
    />
  );
}
