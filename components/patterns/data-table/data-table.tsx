'use client';

import { type RowData, type RowSelectionState, type Updater, useTable } from '@tanstack/react-table';
import { lazy, type ReactNode, Suspense, useMemo, useRef } from 'react';
import type { Problem } from '@/lib/core/errors';
import { cx } from '../../ui/class-names';
import { ErrorState } from '../error-state';
import { Forbidden } from '../forbidden';
import { type DataColumn, features, type Sort, toColumnDefs } from './columns';
import { TableHead } from './table-head';
import { AS_TABLE } from './table-roles';
import { TableRow } from './table-row';
import { TableSkeleton } from './table-skeleton';
import { useRowCursor } from './use-row-cursor';

const VirtualRows = lazy(() => import('./virtual-rows'));

export type DataTableProps<Row> = {
  /** What the rows are: "workflows". Names the table and its states. */
  label: string;
  columns: readonly DataColumn<Row>[];
  /** The current page as the server sorted it; undefined until the first answer. Keep the array stable. */
  rows: readonly Row[] | undefined;
  rowId(row: Row): string;
  /** The row's name, for its tick box. */
  rowName(row: Row): string;
  /** Shown when the server answered with nothing: an `EmptyState`. */
  empty: ReactNode;
  /** While newer rows are on their way; the old ones stay. */
  refreshing?: boolean;
  /** The last request failed. Rows that are there stay, under the problem. */
  problem?: Problem | null;
  onRetry?: () => void;
  sort?: Sort;
  onSortChange?: (sort: Sort) => void;
  /** Ids of ticked rows; with it, rows get tick boxes and `x` works. */
  selected?: ReadonlySet<string>;
  onSelectedChange?: (selected: ReadonlySet<string>) => void;
  lines?: 1 | 2;
  /** How many rows the skeleton holds the place of. */
  expectedRows?: number;
};

const NO_ROWS: readonly never[] = [];

/** From this many rows on, only those near the window are in the page; what that takes is loaded then. */
const VIRTUAL_FROM = 120;

/** A list from the server: sorted, filtered and paged there, walked with `j`/`k`/`x` here, virtual when long. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, columns, rows, problem, onRetry, empty, lines = 1, expectedRows = 12 } = props;
  const failure = problem && <TableProblem label={label} problem={problem} onRetry={onRetry} stale={Boolean(rows)} />;
  if (!rows) {
    if (failure) return failure;
    return (
      <Bleed>
        <TableSkeleton
          label={label}
          columns={columns}
          rows={expectedRows}
          lines={lines}
          ticks={Boolean(props.selected)}
        />
      </Bleed>
    );
  }
  return (
    <>
      {failure}
      {rows.length === 0 ? !failure && empty : <FilledTable {...props} rows={rows} lines={lines} />}
    </>
  );
}

function FilledTable<Row extends RowData>(props: DataTableProps<Row> & { rows: readonly Row[]; lines: 1 | 2 }) {
  const { label, columns, rows, rowId, rowName, refreshing, sort, onSortChange, selected, lines } = props;
  const table = useServerTable(props);
  const element = useRef<HTMLTableElement>(null);
  const reveal = useRef<((index: number) => void) | null>(null);
  const toggle = selected ? (index: number) => table.getRowModel().rows[index]?.toggleSelected() : undefined;
  const { cursor, onFocus } = useRowCursor(element, rows.length, {
    reveal: (index) => reveal.current?.(index),
    toggle,
  });

  const renderRow = (index: number, measure?: (row: HTMLTableRowElement | null) => void) => {
    const row = rows[index];
    if (row === undefined) return null;
    const id = rowId(row);
    const tick = selected && { checked: selected.has(id), onToggle: () => toggle?.(index) };
    return (
      <TableRow
        key={id}
        ref={measure}
        {...{ row, index, columns, lines, tick }}
        name={rowName(row)}
        atCursor={index === cursor}
      />
    );
  };

  const plainRows = (count: number) => (
    <tbody className="max-md:block">{rows.slice(0, count).map((_, index) => renderRow(index))}</tbody>
  );

  return (
    <Bleed>
      <table
        ref={element}
        {...AS_TABLE}
        aria-label={label}
        aria-busy={refreshing || undefined}
        aria-rowcount={rows.length}
        onFocus={onFocus}
        className={cx('w-full border-collapse max-md:block', refreshing && 'opacity-70 transition-opacity delay-300')}
      >
        <TableHead
          columns={columns}
          sort={sort}
          onSort={onSortChange && ((id) => table.getColumn(id)?.toggleSorting())}
          ticks={
            selected && {
              all: table.getIsAllRowsSelected(),
              some: table.getIsSomeRowsSelected(),
              onToggleAll: () => table.toggleAllRowsSelected(),
            }
          }
        />
        {rows.length < VIRTUAL_FROM ? (
          plainRows(rows.length)
        ) : (
          <Suspense fallback={plainRows(VIRTUAL_FROM)}>
            <VirtualRows
              count={rows.length}
              columns={columns.length + (selected ? 1 : 0)}
              {...{ lines, reveal, renderRow }}
            />
          </Suspense>
        )}
      </table>
    </Bleed>
  );
}

/** Sorting and ticking by the rules of TanStack Table; order and pages are the server's. */
function useServerTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { columns, rows = NO_ROWS, rowId, sort, onSortChange, selected, onSelectedChange } = props;
  const definitions = useMemo(() => toColumnDefs(columns), [columns]);
  const sorting = sort ? [{ id: sort.column, desc: sort.descending }] : [];
  const rowSelection: RowSelectionState = Object.fromEntries([...(selected ?? [])].map((id) => [id, true]));
  return useTable({
    features,
    columns: definitions,
    data: rows as Row[],
    getRowId: rowId,
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    state: { sorting, rowSelection },
    onSortingChange: (updater) => {
      const [next] = resolve(updater, sorting);
      if (next) onSortChange?.({ column: next.id, descending: next.desc });
    },
    onRowSelectionChange: (updater) => {
      const next = resolve(updater, rowSelection);
      onSelectedChange?.(new Set(Object.keys(next).filter((id) => next[id])));
    },
  });
}

function resolve<Value>(updater: Updater<Value>, current: Value): Value {
  return typeof updater === 'function' ? (updater as (value: Value) => Value)(current) : updater;
}

function TableProblem(props: { label: string; problem: Problem; onRetry?: () => void; stale: boolean }) {
  if (props.problem.status === 403) return <Forbidden title={props.problem.title}>{props.problem.detail}</Forbidden>;
  const unchanged = props.stale
    ? `What you see below is the last good answer. Nothing was changed.`
    : `The ${props.label} could not be read. Nothing was changed.`;
  return <ErrorState problem={props.problem} unchanged={unchanged} onRetry={props.onRetry} />;
}

/** Lets rows reach a little past the text edge, so that hover and cursor have air. */
function Bleed({ children }: { children: ReactNode }) {
  return <div className="scroll-x md:-mx-3">{children}</div>;
}
