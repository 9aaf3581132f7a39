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
import { IDENTITY_STATUSES } from '@/lib/features/change/lineages/model';
import type { WorkflowIdentity } from '@/lib/features/change/lineages/schema';
import { IdentityActions } from './identity-actions';
import { IDENTITY_WORDS, METHOD_WORDS } from './identity-words';
import { IDENTITY_FILTERS, IDENTITY_SORT } from './list-settings';
import { identities } from './queries';

const columnsFor = (slug: string): DataColumn<WorkflowIdentity>[] => [
  {
    id: 'name',
    header: 'Workflow',
    sort: 'ascending',
    phone: 'title',
    rowHeader: true,
    cell: (row) => <NameLink href={`/t/${slug}/workflows/${row.workflowId}`}>{row.name}</NameLink>,
  },
  {
    id: 'environment',
    header: 'Environment',
    cell: ({ environment }) => <EnvironmentName tier={environment.class} name={environment.name} />,
  },
  { id: 'status', header: 'State', width: '7rem', cell: ({ status }) => <Status {...IDENTITY_WORDS[status]} /> },
  {
    id: 'lineage',
    header: 'Lineage',
    cell: ({ lineage }) =>
      lineage ? (
        <NameLink href={`/t/${slug}/matrix/${lineage.id}`}>{lineage.name}</NameLink>
      ) : (
        <span className="text-ink-3">none</span>
      ),
  },
  { id: 'decision', header: 'How, and why', phone: 'hide', cell: (row) => <Decision identity={row} slug={slug} /> },
  { id: 'actions', header: 'Actions', align: 'end', cell: (row) => <IdentityActions identity={row} /> },
];

function Decision({
  identity: { decision, suggestions, workflowId },
  slug,
}: {
  identity: WorkflowIdentity;
  slug: string;
}) {
  if (!decision) {
    return suggestions > 0 ? (
      <NameLink href={`/t/${slug}/matrix/suggestions?workflowId=${workflowId}`}>
        {suggestions} {suggestions === 1 ? 'suggestion' : 'suggestions'}
      </NameLink>
    ) : (
      <span className="text-ink-3">nobody decided</span>
    );
  }
  return (
    <span className="block whitespace-normal">
      {decision.reason ?? METHOD_WORDS[decision.method]}
      <span className="block text-12 text-ink-3">
        {decision.actor.label} · <Time at={decision.at} />
      </span>
    </span>
  );
}

const STATUSES = IDENTITY_STATUSES.map((status) => ({ value: status, label: IDENTITY_WORDS[status].word }));

/** Every workflow by how it stands to its lineage, with what can be decided about it. */
export function IdentityList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="workflows"
      resource={identities}
      columns={columns}
      firstSort={IDENTITY_SORT}
      searchLabel="Name"
      filterNames={IDENTITY_FILTERS}
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
      rowId={(row) => row.workflowId}
      rowName={(row) => row.name}
      lines={2}
      empty={
        <EmptyState
          title="No workflow has been read"
          why="Workflows appear here once an environment is connected and refreshed."
          next={<ButtonLink href={`/t/${slug}/environments`}>Go to the environments</ButtonLink>}
        />
      }
    />
  );
}
