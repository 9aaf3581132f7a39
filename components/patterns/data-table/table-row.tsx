'use client';

import type { ReactNode, Ref } from 'react';
import { Checkbox } from '../../ui/checkbox';
import { cx } from '../../ui/class-names';
import type { DataColumn } from './columns';
import { AS_CELL, AS_ROW, AS_ROW_HEADER } from './table-roles';

export type TableRowProps<Row> = {
  row: Row;
  index: number;
  columns: readonly DataColumn<Row>[];
  /** The row's name, for its tick box. */
  name: string;
  atCursor: boolean;
  /** Present when rows can be ticked. */
  tick?: { checked: boolean; onToggle(): void };
  /** One line keeps to the row height; two lines grow. */
  lines: 1 | 2;
  ref?: Ref<HTMLTableRowElement>;
};

const CELL = {
  1: 'md:h-(--row) md:py-0 md:align-middle md:whitespace-nowrap',
  2: 'md:py-2.5 md:align-top',
} as const;

/** One thing: a row on a wide screen, a card on a phone. */
export function TableRow<Row>({ row, index, columns, name, atCursor, tick, lines, ref }: TableRowProps<Row>) {
  return (
    <tr
      ref={ref}
      {...AS_ROW}
      tabIndex={-1}
      data-row-index={index}
      data-index={index}
      data-cursor={atCursor || undefined}
      className={cx(
        'scroll-mt-24 scroll-mb-16 border-b border-line hover:bg-surface-2 -outline-offset-2 data-cursor:bg-accent-soft data-cursor:inset-shadow-[2px_0_var(--accent)]',
        'max-md:relative max-md:block max-md:py-3 max-md:pr-3 max-md:pl-3',
        tick && 'max-md:pl-10',
      )}
    >
      {tick && (
        <td {...AS_CELL} className={cx(CELL[lines], 'pl-3 max-md:absolute max-md:left-0 max-md:pl-2')}>
          <Checkbox
            aria-label={`Select ${name}`}
            checked={tick.checked}
            onChange={tick.onToggle}
            className="-ml-1 align-middle"
          />
        </td>
      )}
      {columns.map((column) => (
        <Cell key={column.id} column={column} lines={lines}>
          {column.cell(row)}
        </Cell>
      ))}
    </tr>
  );
}

type CellProps = Pick<TableRowProps<unknown>, 'lines'> & {
  column: Omit<DataColumn<never>, 'cell'>;
  children: ReactNode;
};

function Cell({ column, lines, children }: CellProps) {
  const Tag = column.rowHeader ? 'th' : 'td';
  return (
    <Tag
      {...(column.rowHeader ? AS_ROW_HEADER : AS_CELL)}
      data-label={column.phone === 'title' ? undefined : column.header}
      className={cx(
        CELL[lines],
        column.rowHeader && 'text-left font-normal',
        'md:pr-3 md:first:pl-3',
        column.align === 'end' && 'tabular-nums md:text-right',
        'max-md:flex max-md:min-h-6 max-md:items-baseline',
        'max-md:data-label:before:w-24 max-md:data-label:before:flex-none max-md:data-label:before:text-12 max-md:data-label:before:text-ink-3 max-md:data-label:before:content-[attr(data-label)]',
        column.phone === 'title' && 'max-md:mb-1',
        column.phone === 'hide' && 'max-md:hidden',
      )}
    >
      {children}
    </Tag>
  );
}
