'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { DataColumn, Sort } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { SelectionBar } from '@/components/patterns/data-table/selection-bar';
import { useListState, writeSort } from '@/components/patterns/data-table/use-list-state';
import { EmptyState } from '@/components/patterns/empty-state';
import { Button } from '@/components/ui/button';
import { Pagination } from '@/components/ui/pagination';
import { SearchField } from '@/components/ui/search-field';
import type { Query } from '@/lib/client/api';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Resource } from '@/lib/client/resource';
import { PAGE_SIZE } from '@/lib/core/paging';
import { useTenant } from './tenant';

type Answer<Row> = { items: Row[]; total: number | null };
type ServerListProps<Row, Filter extends string> = {
  /** What the rows are: "workflows". */
  noun: string;
  resource(tenant: string, query: Query): Resource<Answer<Row>>;
  columns: readonly DataColumn<Row>[];
  firstSort: Sort;
  /** What the search looks through: "Name or tag". Without it there is no search. */
  searchLabel?: string;
  /** Names of the filters in the URL and in the query; keep the array stable. */
  filterNames?: readonly Filter[];
  /** The controls of the filters. */
  filters?(list: { filters: Record<Filter, string>; setFilter(name: Filter, value: string): void }): ReactNode;
  rowName(row: Row): string;
  /** What can be done with ticked rows, given their ids and those of them on this page; with it, rows can be ticked. */
  selectionActions?(ids: readonly string[], rows: readonly Row[]): ReactNode;
  lines?: 1 | 2;
  /** When there is nothing at all; a list that is only narrowed too far brings its own. */
  empty: ReactNode;
} & RowId<Row>;

/** Rows without an `id` of their own say what tells them apart. */
type RowId<Row> = Row extends { id: string } ? { rowId?(row: Row): string } : { rowId(row: Row): string };

/** A list of the API as a page shows it: search, filters, sort and page in the URL; old rows stay until new ones come. */
export function ServerList<Row, Filter extends string = never>(props: ServerListProps<Row, Filter>) {
  const {
    noun,
    resource,
    columns,
    firstSort,
    searchLabel,
    filterNames,
    filters,
    rowName,
    lines,
    empty,
    selectionActions,
    rowId = ownId,
  } = props;
  const { slug } = useTenant();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const list = useListState<Filter>({ sort: firstSort, filters: filterNames });
  const query = useQuery({
    ...resource(slug, listQueryOf(list)),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="mt-4 mb-2 flex flex-wrap items-center gap-2">
        {searchLabel && (
          <SearchField
            label={searchLabel}
            value={list.search}
            onChange={list.setSearch}
            className="w-72 max-md:w-full"
          />
        )}
        {filters?.(list)}
      </div>
      <DataTable
        label={noun}
        columns={columns}
        rows={query.data?.items}
        rowId={rowId}
        rowName={rowName}
        lines={lines}
        selected={selectionActions && ticked}
        onSelectedChange={setTicked}
        sort={list.sort}
        onSortChange={list.setSort}
        refreshing={query.isPlaceholderData}
        problem={query.error && toShownProblem(query.error)}
        onRetry={query.refetch}
        empty={list.narrowed ? <NothingFound noun={noun} onClear={list.clear} /> : empty}
      />
      {selectionActions && (
        <SelectionBar count={ticked.size} onClear={() => setTicked(new Set())}>
          {selectionActions(
            [...ticked],
            (query.data?.items ?? []).filter((row) => ticked.has(rowId(row))),
          )}
        </SelectionBar>
      )}
      {query.data?.total ? (
        <Pagination
          page={list.page}
          pageSize={PAGE_SIZE}
          total={query.data.total}
          noun={noun}
          onPageChange={list.setPage}
        />
      ) : null}
    </>
  );
}

const ownId = (row: unknown) => (row as { id: string }).id;

type ListSettings = { search: string; sort: Sort; page: number; filters: Record<string, string> };

/** The query of the API for the state of a list: what the browser asks for, and what the page fills in beforehand. */
export const listQueryOf = ({ search, sort, page, filters }: ListSettings): Query => ({
  search: search || undefined,
  sort: writeSort(sort),
  page,
  ...Object.fromEntries(Object.entries(filters).filter(([, value]) => value)),
});

function NothingFound({ noun, onClear }: { noun: string; onClear(): void }) {
  return (
    <EmptyState
      title={`No ${noun} match`}
      why="The search and the filters leave nothing over."
      next={
        <Button size="sm" onClick={onClear}>
          Show all {noun}
        </Button>
      }
    />
  );
}
