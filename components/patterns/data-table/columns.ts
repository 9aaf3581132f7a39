import {
  type ColumnDef,
  type RowData,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';

/** Sorting is the server's work; the table only holds which column and in which direction. */
export type Sort = { column: string; descending: boolean };

export type DataColumn<Row> = {
  id: string;
  /** Heading; also the label before the value on a phone. */
  header: string;
  /** When the heading needs more than a word, such as a tier mark. */
  headerNode?: ReactNode;
  cell(row: Row): ReactNode;
  /** Numbers and ages stand at the end. */
  align?: 'end';
  /** A CSS width; without one the browser shares out the room. */
  width?: string;
  /** Set when the server can sort by this column; which direction comes first. */
  sort?: 'ascending' | 'descending';
  /** The cell names its row: a `th` for whoever hears the table. */
  rowHeader?: true;
  /** On a phone each row is a card: `title` heads it, `hide` leaves the value out. */
  phone?: 'title' | 'hide';
  /** How long a typical value is, in per cent of the column, for the skeleton. */
  typical?: number;
};

/** Only what the kit uses of TanStack Table; the rest is not shipped. */
export const features = tableFeatures({ rowSelectionFeature, rowSortingFeature });

/** Our columns in the words of TanStack Table. */
export function toColumnDefs<Row extends RowData>(
  columns: readonly DataColumn<Row>[],
): ColumnDef<typeof features, Row>[] {
  return columns.map((column) => ({
    id: column.id,
    accessorFn: (row: Row) => row,
    header: () => column.headerNode ?? column.header,
    cell: ({ row }) => column.cell(row.original),
    enableSorting: column.sort !== undefined,
    sortDescFirst: column.sort === 'descending',
  }));
}
