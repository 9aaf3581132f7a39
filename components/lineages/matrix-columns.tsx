import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { Glyph } from '@/components/ui/glyph';
import { NameLink } from '@/components/ui/name-link';
import { Time } from '@/components/ui/time';
import type { MatrixEnvironment, MatrixRow } from '@/lib/features/change/lineages/schema';
import { columnInWords } from './cell-words';
import { MatrixCell } from './matrix-cell';

/** The lineage, then a column for each environment in the order of their classes. */
export function matrixColumns(slug: string, environments: readonly MatrixEnvironment[]): DataColumn<MatrixRow>[] {
  const base = `/t/${slug}/matrix`;
  return [
    {
      id: 'name',
      header: 'Lineage',
      sort: 'ascending',
      phone: 'title',
      rowHeader: true,
      width: '16rem',
      cell: ({ lineage }) => <NameLink href={`${base}/${lineage.id}`}>{lineage.name}</NameLink>,
    },
    ...environments.map((column, index): DataColumn<MatrixRow> => {
      const { id, name } = column.environment;
      return {
        id,
        header: name,
        headerNode: <EnvironmentHead column={column} />,
        cell: ({ lineage, cells }) => {
          const cell = cells[index] ?? null;
          return (
            <MatrixCell
              cell={cell}
              href={`${base}/${lineage.id}?environment=${id}`}
              about={`${lineage.name} in ${name}`}
            />
          );
        },
      };
    }),
  ];
}

/** An environment over its column: how old what stands below is, and what is wrong there. */
function EnvironmentHead({
  column: { environment, syncedAt, connectionStatus, counts },
}: {
  column: MatrixEnvironment;
}) {
  const reached = connectionStatus === 'connected';
  return (
    <span className="block">
      <EnvironmentName tier={environment.class} name={environment.name} />
      <span className="mt-1 flex items-center gap-1.5 font-normal">
        <Glyph kind={reached && syncedAt ? 'ok' : 'unknown'} className="size-3" />
        {syncedAt ? <Time at={syncedAt} prefix={reached ? 'as of' : 'not reached, as of'} /> : 'never read'}
      </span>
      <span className="block pl-4.5 font-normal">{columnInWords(counts)}</span>
    </span>
  );
}
