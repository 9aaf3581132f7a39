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
import { Time } from '@/components/ui/time';
import type { Query } from '@/lib/client/api';
import { EXECUTION_STATUSES } from '@/lib/features/inventory/executions/model';
import type { Execution } from '@/lib/features/inventory/executions/schema';
import { durationInWords, ExecutionStatus } from './execution-status';
import { EXECUTION_FILTERS, EXECUTION_SORT } from './list-settings';
import { executions } from './queries';

const columnsFor = (slug: string, ofOneWorkflow: boolean): DataColumn<Execution>[] => [
  {
    id: 'run',
    header: ofOneWorkflow ? 'Run' : 'Workflow',
    phone: 'title',
    cell: (row) => (
      <div>
        <NameLink href={`/t/${slug}/executions/${row.id}`}>
          {ofOneWorkflow ? `#${row.n8nId}` : (row.workflowName ?? row.workflowN8nId)}
        </NameLink>
        <span className="block text-12 text-ink-3">{ofOneWorkflow ? row.mode : `#${row.n8nId} · ${row.mode}`}</span>
      </div>
    ),
  },
  { id: 'status', header: 'Status', width: '9rem', cell: (row) => <ExecutionStatus status={row.status} /> },
  {
    id: 'environment',
    header: 'Environment',
    cell: (row) => <EnvironmentName tier={row.environment.class} name={row.environment.name} />,
  },
  {
    id: 'duration',
    header: 'Took',
    align: 'end',
    cell: (row) => (row.durationMs === null ? <span className="text-ink-3">–</span> : durationInWords(row.durationMs)),
  },
  {
    id: 'startedAt',
    header: 'Started',
    sort: 'descending',
    align: 'end',
    cell: (row) => (row.startedAt ? <Time at={row.startedAt} /> : <span className="text-ink-3">not yet</span>),
  },
];

const STATUSES = EXECUTION_STATUSES.map((status) => ({ value: status, label: status }));

/** Runs across environments, newest first; kept although n8n prunes them. `workflowId`: of one workflow only. */
export function ExecutionList({ workflowId }: { workflowId?: string }) {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug, workflowId !== undefined), [slug, workflowId]);
  const resource = useMemo(
    () => (tenant: string, query: Query) => executions(tenant, workflowId ? { ...query, workflowId } : query),
    [workflowId],
  );
  return (
    <ServerList
      noun="executions"
      resource={resource}
      columns={columns}
      firstSort={EXECUTION_SORT}
      filterNames={EXECUTION_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          {!workflowId && (
            <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
          )}
          <FilterSelect
            label="Status"
            value={filters.status}
            options={STATUSES}
            onChange={(value) => setFilter('status', value)}
          />
        </>
      )}
      rowName={(row) => `${row.workflowName ?? row.workflowN8nId} ${row.n8nId}`}
      lines={2}
      empty={
        <EmptyState
          title="No run has been read"
          why="Runs are counted at each refresh, before n8n prunes them. Workflows that save no successful runs show only failures."
          next={<ButtonLink href={`/t/${slug}/environments`}>Go to the environments</ButtonLink>}
        />
      }
    />
  );
}
