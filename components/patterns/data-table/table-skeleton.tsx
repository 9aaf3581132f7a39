import { cx } from '../../ui/class-names';
import { Skeleton } from '../../ui/skeleton';
import type { DataColumn } from './columns';
import { TableHead } from './table-head';

type TableSkeletonProps<Row> = {
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: number;
  lines: 1 | 2;
  ticks: boolean;
};

/** The table before its rows: the same headings, the same heights, nothing to read. */
export function TableSkeleton<Row>({ label, columns, rows, lines, ticks }: TableSkeletonProps<Row>) {
  const noTicks = { all: false, some: false, onToggleAll() {} };
  return (
    <div role="status" aria-label={`Loading ${label}`}>
      <table aria-hidden="true" inert className="w-full border-collapse">
        <TableHead columns={columns} ticks={ticks ? noTicks : undefined} />
        <tbody className="max-md:block">
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: skeleton rows never move.
            <tr key={row} className="border-b border-line max-md:block max-md:py-3 max-md:pl-3">
              {ticks && <td className="w-9 max-md:hidden" />}
              {columns.map((column, place) => (
                <td
                  key={column.id}
                  className={cx(
                    'pr-3 first:pl-3 max-md:flex max-md:h-6 max-md:items-center',
                    lines === 1 ? 'h-(--row)' : 'h-14',
                    column.phone === 'hide' && 'max-md:hidden',
                  )}
                >
                  <Skeleton
                    width={`${(column.typical ?? 60) - ((row * 17 + place * 11) % 24)}%`}
                    className={column.align === 'end' ? 'md:ml-auto' : undefined}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
