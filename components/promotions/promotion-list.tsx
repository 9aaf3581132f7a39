'use client';

import { useMemo } from 'react';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { FilterSelect } from '@/components/shell/filter-select';
import { ServerList } from '@/components/shell/server-list';
import { useTenant } from '@/components/shell/tenant';
import { FilterChip } from '@/components/ui/chip';
import { NameLink } from '@/components/ui/name-link';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { PROMOTION_STATUSES } from '@/lib/features/delivery/promotions/model';
import type { PromotionSummary } from '@/lib/features/delivery/promotions/schema';
import { PROMOTION_FILTERS, PROMOTION_SORT } from './list-settings';
import { PromoteLink } from './promote-link';
import { countOf, PROMOTION_WORDS, riskOf } from './promotion-words';
import { promotions } from './queries';

const columnsFor = (slug: string): DataColumn<PromotionSummary>[] => [
  {
    id: 'promotion',
    header: 'Promotion',
    phone: 'title',
    rowHeader: true,
    cell: (row) => (
      <div>
        <NameLink href={`/t/${slug}/promotions/${row.id}`}>
          {countOf(row.workflowCount, 'workflow')} to {row.route.target.name}
        </NameLink>
        <span className="block truncate text-12 text-ink-3">
          {row.route.pipelineName} · {row.createdBy.label}
        </span>
      </div>
    ),
  },
  {
    id: 'route',
    header: 'From, to',
    cell: ({ route: { source, target } }) => (
      <span className="flex flex-wrap items-center gap-x-1.5">
        <EnvironmentName tier={source.class} name={source.name} />
        <span aria-hidden="true">→</span>
        <EnvironmentName tier={target.class} name={target.name} />
      </span>
    ),
  },
  { id: 'status', header: 'State', cell: (row) => <PromotionState row={row} /> },
  { id: 'risk', header: 'Risk', width: '7rem', cell: ({ risk }) => <Status {...riskOf(risk)} /> },
  { id: 'createdAt', header: 'Begun', sort: 'descending', align: 'end', cell: (row) => <Time at={row.createdAt} /> },
];

function PromotionState({ row: { status, blockingCount, scheduledAt } }: { row: PromotionSummary }) {
  if (status === 'pending' && blockingCount > 0) return <Status kind="bad" word={`${blockingCount} missing`} />;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Status {...PROMOTION_WORDS[status]} />
      {status === 'scheduled' && scheduledAt && <Time at={scheduledAt} className="text-ink-3" />}
    </span>
  );
}

const STATUSES = PROMOTION_STATUSES.map((status) => ({ value: status, label: PROMOTION_WORDS[status].word }));

/** Every promotion, the newest first. */
export function PromotionList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="promotions"
      resource={promotions}
      columns={columns}
      firstSort={PROMOTION_SORT}
      filterNames={PROMOTION_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
          <FilterSelect
            label="State"
            value={filters.status}
            options={STATUSES}
            onChange={(value) => setFilter('status', value)}
          />
          {filters.pipelineId && (
            <FilterChip label="Through" value="one pipeline" onRemove={() => setFilter('pipelineId', '')} />
          )}
          {filters.workflowId && (
            <FilterChip label="Of" value="one workflow" onRemove={() => setFilter('workflowId', '')} />
          )}
        </>
      )}
      rowName={(row) => `${countOf(row.workflowCount, 'workflow')} to ${row.route.target.name}`}
      lines={2}
      empty={
        <EmptyState
          title="Nothing was promoted yet"
          why="A promotion brings chosen workflows, and what they call, from one environment to the next: compared, planned to the last call, approved, applied and read back."
          next={<PromoteLink variant="primary" />}
        />
      }
    />
  );
}
