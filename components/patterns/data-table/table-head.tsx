'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox } from '../../ui/checkbox';
import { cx } from '../../ui/class-names';
import { Icon } from '../../ui/icon';
import type { DataColumn, Sort } from './columns';

type TableHeadProps<Row> = {
  columns: readonly DataColumn<Row>[];
  sort?: Sort;
  /** Called with a column's id; absent while nothing can be sorted. */
  onSort?: (column: string) => void;
  /** Present when rows can be ticked. */
  ticks?: { all: boolean; some: boolean; onToggleAll(): void };
};

const CELL = 'border-b border-line py-2 pr-3 text-left align-bottom text-12 font-medium whitespace-nowrap text-ink-3';

/** The headings; a sortable one is a button, its column says `aria-sort`. */
export function TableHead<Row>({ columns, sort, onSort, ticks }: TableHeadProps<Row>) {
  return (
    <thead className="max-md:sr-only">
      <tr>
        {ticks && (
          <th scope="col" className={cx(CELL, 'w-9 pl-3')}>
            <Checkbox
              aria-label="Select all rows on this page"
              checked={ticks.all}
              mixed={ticks.some && !ticks.all}
              onChange={ticks.onToggleAll}
              className="-my-1 -ml-1"
            />
          </th>
        )}
        {columns.map((column) => {
          const sorted = sort?.column === column.id ? sort : undefined;
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined}
              style={column.width ? { width: column.width } : undefined}
              className={cx(CELL, 'first:pl-3', column.align === 'end' && 'text-right')}
            >
              {column.sort && onSort ? (
                <SortButton sorted={sorted} onPress={() => onSort(column.id)}>
                  {column.headerNode ?? column.header}
                </SortButton>
              ) : (
                (column.headerNode ?? column.header)
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function SortButton({ sorted, onPress, children }: { sorted?: Sort; onPress(): void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className={cx('-my-1 inline-flex h-6 items-center gap-1 hover:text-ink-1', sorted && 'text-ink-1')}
    >
      {children}
      <Icon of={sorted?.descending ? ArrowDown : ArrowUp} className={cx('size-3', !sorted && 'invisible')} />
    </button>
  );
}
