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
import type { LinkSuggestion, WorkflowIdentity } from '@/lib/features/change/lineages/schema';
import { SUGGESTION_FILTERS, SUGGESTION_SORT } from './list-settings';
import { suggestions } from './queries';
import { SuggestionActions } from './suggestion-actions';

const columnsFor = (slug: string): DataColumn<LinkSuggestion>[] => [
  {
    id: 'workflow',
    header: 'Workflow',
    phone: 'title',
    rowHeader: true,
    cell: ({ workflow }) => <Side slug={slug} identity={workflow} />,
  },
  { id: 'counterpart', header: 'May be', cell: ({ counterpart }) => <Side slug={slug} identity={counterpart} /> },
  {
    id: 'score',
    header: 'Likeness',
    sort: 'descending',
    align: 'end',
    width: '6rem',
    cell: ({ score }) => `${Math.round(score * 100)} %`,
  },
  {
    id: 'reasons',
    header: 'Because',
    cell: ({ reasons }) => (
      <ul className="whitespace-normal text-ink-2">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    ),
  },
  { id: 'decision', header: 'Decision', cell: (row) => <SuggestionActions suggestion={row} slug={slug} /> },
];

function Side({ slug, identity }: { slug: string; identity: WorkflowIdentity }) {
  const { workflowId, name, environment, lineage } = identity;
  return (
    <span className="block min-w-0">
      <NameLink href={`/t/${slug}/workflows/${workflowId}`}>{name}</NameLink>
      <span className="flex flex-wrap items-center gap-x-2">
        <EnvironmentName tier={environment.class} name={environment.name} />
        {lineage && <span className="text-12 text-ink-3">lineage {lineage.name}</span>}
      </span>
    </span>
  );
}

const STATUSES = [
  { value: 'accepted', label: 'accepted' },
  { value: 'rejected', label: 'rejected' },
];

/** Pairs that may be the same workflow, the likeliest first; decided here. */
export function SuggestionList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="suggestions"
      resource={suggestions}
      columns={columns}
      firstSort={SUGGESTION_SORT}
      filterNames={SUGGESTION_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
          <FilterSelect
            label="Show"
            anyLabel="Show: open"
            value={filters.status}
            options={STATUSES}
            onChange={(value) => setFilter('status', value)}
          />
        </>
      )}
      rowName={({ workflow, counterpart }) => `${workflow.name} and ${counterpart.name}`}
      lines={2}
      empty={
        <EmptyState
          title="No suggestion is open"
          why="What is beyond doubt the same is linked by itself; what only looks alike is suggested here after each refresh. Both may also be done by hand under Linking."
          next={
            <ButtonLink size="sm" href={`/t/${slug}/matrix/linking?status=unmapped`}>
              See what belongs to no lineage
            </ButtonLink>
          }
        />
      }
    />
  );
}
