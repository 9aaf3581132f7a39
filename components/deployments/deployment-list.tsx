'use client';

import { useMemo } from 'react';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { PromoteLink } from '@/components/promotions/promote-link';
import { countOf } from '@/components/promotions/promotion-words';
import { FilterSelect } from '@/components/shell/filter-select';
import { ServerList } from '@/components/shell/server-list';
import { useTenant } from '@/components/shell/tenant';
import { FilterChip } from '@/components/ui/chip';
import { NameLink } from '@/components/ui/name-link';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { formatSpan } from '@/lib/client/time-format';
import { DEPLOYMENT_STATUSES } from '@/lib/features/delivery/deployments/model';
import type { DeploymentSummary } from '@/lib/features/delivery/deployments/schema';
import { DEPLOYMENT_WORDS } from './deployment-words';
import { DEPLOYMENT_FILTERS, DEPLOYMENT_SORT } from './list-settings';
import { deployments } from './queries';

/** `Rollback of 3 workflows`, `3 workflows`. */
const nameOf = ({ kind, workflowCount }: DeploymentSummary): string =>
  kind === 'rollback' ? `Rollback of ${countOf(workflowCount, 'workflow')}` : countOf(workflowCount, 'workflow');

const columnsFor = (slug: string): DataColumn<DeploymentSummary>[] => [
  {
    id: 'deployment',
    header: 'Deployment',
    phone: 'title',
    rowHeader: true,
    cell: (row) => (
      <div>
        <NameLink href={`/t/${slug}/deployments/${row.id}`}>{nameOf(row)}</NameLink>
        <span className="block truncate text-12 text-ink-3">
          {row.route.pipelineName} · {row.actor.label}
        </span>
      </div>
    ),
  },
  {
    id: 'target',
    header: 'To',
    cell: ({ route: { target } }) => <EnvironmentName tier={target.class} name={target.name} />,
  },
  {
    id: 'status',
    header: 'State',
    cell: ({ status, rollbackId }) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <Status {...DEPLOYMENT_WORDS[status]} />
        {rollbackId && <TextLink href={`/t/${slug}/deployments/${rollbackId}`}>rollback</TextLink>}
      </span>
    ),
  },
  {
    id: 'took',
    header: 'Took',
    align: 'end',
    width: '6rem',
    cell: ({ startedAt, finishedAt }) =>
      startedAt && finishedAt ? (
        formatSpan(Date.parse(finishedAt) - Date.parse(startedAt))
      ) : (
        <span className="text-ink-3">{startedAt ? 'running' : 'not begun'}</span>
      ),
  },
  { id: 'createdAt', header: 'Begun', sort: 'descending', align: 'end', cell: (row) => <Time at={row.createdAt} /> },
];

const STATUSES = DEPLOYMENT_STATUSES.map((status) => ({ value: status, label: DEPLOYMENT_WORDS[status].word }));
const KINDS = [
  { value: 'promotion', label: 'promotions' },
  { value: 'rollback', label: 'rollbacks' },
];

/** Everything that was written through pipelines, the newest first. */
export function DeploymentList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="deployments"
      resource={deployments}
      columns={columns}
      firstSort={DEPLOYMENT_SORT}
      searchLabel="Workflow"
      filterNames={DEPLOYMENT_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
          <FilterSelect
            label="State"
            value={filters.status}
            options={STATUSES}
            onChange={(value) => setFilter('status', value)}
          />
          <FilterSelect
            label="Kind"
            value={filters.kind}
            options={KINDS}
            onChange={(value) => setFilter('kind', value)}
          />
          {filters.pipelineId && (
            <FilterChip label="Through" value="one pipeline" onRemove={() => setFilter('pipelineId', '')} />
          )}
          {filters.promotionId && (
            <FilterChip label="Of" value="one promotion" onRemove={() => setFilter('promotionId', '')} />
          )}
        </>
      )}
      rowName={nameOf}
      lines={2}
      empty={
        <EmptyState
          title="Nothing was deployed yet"
          why="A deployment is what an approved promotion writes, with each call in its journal. It can be rolled back from here."
          next={<PromoteLink variant="primary" />}
        />
      }
    />
  );
}
