'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { useListState } from '@/components/patterns/data-table/use-list-state';
import { EmptyState } from '@/components/patterns/empty-state';
import { FilterSelect } from '@/components/shell/filter-select';
import { listQueryOf } from '@/components/shell/server-list';
import { useMay, useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Pagination } from '@/components/ui/pagination';
import { SearchField } from '@/components/ui/search-field';
import { Section } from '@/components/ui/section';
import { Segmented } from '@/components/ui/segmented';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Why } from '@/components/ui/why';
import { toShownProblem } from '@/lib/client/problem-error';
import { PAGE_SIZE } from '@/lib/core/paging';
import type { Pipeline } from '@/lib/features/delivery/pipelines/schema';
import { PIPELINE_FILTERS, PIPELINE_SORT } from './list-settings';
import { PipelineState, pipelineColumns } from './pipeline-columns';
import { PipelineGraph } from './pipeline-graph';
import { pipelines } from './queries';

const VIEWS = ['graph', 'list'] as const;
const VIEW = parseAsStringLiteral(VIEWS).withDefault('graph').withOptions({ history: 'push' });
const VIEW_OPTIONS = [
  { value: 'graph', label: 'Graph' },
  { value: 'list', label: 'List' },
] as const;
const STATES = [
  { value: 'true', label: 'in use' },
  { value: 'false', label: 'not in use' },
];

/** Every pipeline, drawn or as a table. */
export function PipelineList() {
  const { slug } = useTenant();
  const [view, setView] = useQueryState('view', VIEW);
  const list = useListState({ sort: PIPELINE_SORT, filters: PIPELINE_FILTERS });
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...pipelines(slug, listQueryOf(list)),
    placeholderData: keepPreviousData,
  });
  const columns = useMemo(() => pipelineColumns(slug), [slug]);
  const empty = list.narrowed ? <NothingMatches onClear={list.clear} /> : <NoPipelines />;
  const problem = error && toShownProblem(error);
  return (
    <>
      <div className="mt-4 mb-2 flex flex-wrap items-center gap-2">
        <SearchField label="Name" value={list.search} onChange={list.setSearch} className="w-60 max-md:w-full" />
        <EnvironmentFilter
          value={list.filters.environmentId}
          onChange={(value) => list.setFilter('environmentId', value)}
        />
        <FilterSelect
          label="State"
          value={list.filters.isActive}
          options={STATES}
          onChange={(value) => list.setFilter('isActive', value)}
        />
        <span className="flex-1" />
        <Segmented label="View" value={view} options={VIEW_OPTIONS} onChange={(next) => void setView(next)} />
      </div>
      {view === 'graph' && !problem ? (
        <Graphs pipelines={data?.items} empty={empty} />
      ) : (
        <DataTable
          label="pipelines"
          columns={columns}
          rows={data?.items}
          rowId={({ id }) => id}
          rowName={({ name }) => name}
          lines={2}
          expectedRows={6}
          sort={list.sort}
          onSortChange={list.setSort}
          refreshing={isPlaceholderData}
          problem={problem}
          onRetry={refetch}
          empty={empty}
        />
      )}
      {data?.total ? (
        <Pagination
          page={list.page}
          pageSize={PAGE_SIZE}
          total={data.total}
          noun="pipelines"
          onPageChange={list.setPage}
        />
      ) : null}
    </>
  );
}

function Graphs({ pipelines: shown, empty }: { pipelines: readonly Pipeline[] | undefined; empty: React.ReactNode }) {
  const { slug } = useTenant();
  if (!shown) return <SkeletonLines lines={12} label="the pipelines" />;
  if (shown.length === 0) return empty;
  return shown.map((pipeline) => (
    <Section
      key={pipeline.id}
      title={<NameLink href={`/t/${slug}/pipelines/${pipeline.id}`}>{pipeline.name}</NameLink>}
      note={pipeline.description}
      actions={<PipelineState pipeline={pipeline} />}
    >
      <PipelineGraph pipeline={pipeline} />
    </Section>
  ));
}

function NothingMatches({ onClear }: { onClear(): void }) {
  return (
    <EmptyState
      title="No pipeline matches"
      why="The search and the filters leave nothing over."
      next={
        <Button size="sm" onClick={onClear}>
          Show all pipelines
        </Button>
      }
    />
  );
}

function NoPipelines() {
  const { slug } = useTenant();
  const may = useMay('pipeline:write');
  return (
    <EmptyState
      title="No pipeline yet"
      why="A pipeline says which way workflows go: from dev to production, over any number of stages, with an approval where you want one."
      next={
        may ? (
          <ButtonLink variant="primary" href={`/t/${slug}/pipelines/new`}>
            Add a pipeline
          </ButtonLink>
        ) : (
          <Why>An admin of the organisation adds pipelines.</Why>
        )
      }
    />
  );
}
