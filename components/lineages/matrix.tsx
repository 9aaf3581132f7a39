'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { useListState } from '@/components/patterns/data-table/use-list-state';
import { EmptyState } from '@/components/patterns/empty-state';
import { FilterSelect } from '@/components/shell/filter-select';
import { listQueryOf } from '@/components/shell/server-list';
import { useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import { Pagination } from '@/components/ui/pagination';
import { SearchField } from '@/components/ui/search-field';
import { Segmented } from '@/components/ui/segmented';
import { toShownProblem } from '@/lib/client/problem-error';
import { PAGE_SIZE } from '@/lib/core/paging';
import { CELL_STATES } from '@/lib/features/change/lineages/model';
import type { MatrixRow } from '@/lib/features/change/lineages/schema';
import { CELL_WORDS } from './cell-words';
import { MATRIX_FILTERS, MATRIX_SORT } from './list-settings';
import { MatrixLegend } from './matrix-cell';
import { matrixColumns } from './matrix-columns';
import { matrix } from './queries';
import { SourceSelect } from './source-select';

const STATES = [...CELL_STATES, 'absent' as const].map((state) => ({ value: state, label: CELL_WORDS[state].word }));
const ORDERS = [
  { value: 'worst', label: 'Worst first' },
  { value: 'name', label: 'By name' },
] as const;

/** Lineages × environments: where each workflow stands. A cell leads to its comparison. */
export function Matrix() {
  const { slug } = useTenant();
  const list = useListState({ sort: MATRIX_SORT, filters: MATRIX_FILTERS });
  const query = useQuery({ ...matrix(slug, listQueryOf(list)), placeholderData: keepPreviousData });
  const environments = query.data?.environments;
  const columns = useMemo(() => matrixColumns(slug, environments ?? []), [slug, environments]);
  return (
    <>
      <MatrixFilters list={list} />
      <DataTable
        label="lineages by environment"
        columns={columns}
        rows={query.data?.items}
        rowId={rowId}
        rowName={({ lineage }) => lineage.name}
        sort={list.sort}
        onSortChange={list.setSort}
        refreshing={query.isPlaceholderData}
        problem={query.error && toShownProblem(query.error)}
        onRetry={query.refetch}
        expectedRows={20}
        empty={list.narrowed ? <NothingMatches onClear={list.clear} /> : <NothingLinked />}
      />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        {query.data?.total ? (
          <Pagination
            page={list.page}
            pageSize={PAGE_SIZE}
            total={query.data.total}
            noun="lineages"
            onPageChange={list.setPage}
          />
        ) : (
          <span />
        )}
        <MatrixLegend />
      </div>
    </>
  );
}

const rowId = ({ lineage }: MatrixRow) => lineage.id;

type ListState = ReturnType<typeof useListState<(typeof MATRIX_FILTERS)[number]>>;

function MatrixFilters({ list }: { list: ListState }) {
  const { filters, setFilter } = list;
  return (
    <div className="mt-4 mb-2 flex flex-wrap items-center gap-2">
      <SearchField label="Lineage" value={list.search} onChange={list.setSearch} className="w-60 max-md:w-full" />
      <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
      <FilterSelect
        label="State"
        value={filters.state}
        options={STATES}
        onChange={(value) => setFilter('state', value)}
      />
      <SourceSelect value={filters.sourceEnvironmentId} onChange={(id) => setFilter('sourceEnvironmentId', id)} />
      <span className="flex-1" />
      <Segmented
        label="Order"
        value={list.sort.column === 'name' ? 'name' : 'worst'}
        options={ORDERS}
        onChange={(column) => list.setSort({ column, descending: column === 'worst' })}
      />
    </div>
  );
}

function NothingMatches({ onClear }: { onClear(): void }) {
  return (
    <EmptyState
      title="No lineage matches"
      why="The search and the filters leave nothing over."
      next={
        <Button size="sm" onClick={onClear}>
          Show all lineages
        </Button>
      }
    />
  );
}

function NothingLinked() {
  const { slug } = useTenant();
  return (
    <EmptyState
      title="No workflow is linked yet"
      why="Once two environments are read, workflows that are beyond doubt the same are linked by themselves. The others are listed under Linking."
      next={
        <>
          <ButtonLink size="sm" href={`/t/${slug}/matrix/linking`}>
            Go to linking
          </ButtonLink>
          <ButtonLink size="sm" href={`/t/${slug}/environments`}>
            Go to the environments
          </ButtonLink>
        </>
      }
    />
  );
}
