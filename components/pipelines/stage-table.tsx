import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { Status } from '@/components/ui/status';
import { formatSpan } from '@/lib/client/time-format';
import type { Stage } from '@/lib/features/delivery/pipelines/schema';
import { approvalInWords, stageInWords } from './stage-words';

const COLUMNS: readonly DataColumn<Stage>[] = [
  { id: 'position', header: '#', width: '2.5rem', align: 'end', phone: 'hide', cell: ({ position }) => position + 1 },
  {
    id: 'source',
    header: 'From',
    phone: 'title',
    rowHeader: true,
    cell: ({ source }) => <EnvironmentName tier={source.class} name={source.name} />,
  },
  { id: 'target', header: 'To', cell: ({ target }) => <EnvironmentName tier={target.class} name={target.name} /> },
  { id: 'approval', header: 'Approval', cell: (stage) => <span className="text-ink-2">{approvalInWords(stage)}</span> },
  {
    id: 'own',
    header: 'One’s own',
    cell: ({ requireApproval, allowSelfApproval }) => (
      <span className="text-ink-3">
        {!requireApproval
          ? 'not asked'
          : allowSelfApproval
            ? 'may approve when alone here'
            : 'never approved by oneself'}
      </span>
    ),
  },
  {
    id: 'grace',
    header: 'A schedule may be late by',
    align: 'end',
    cell: ({ graceSeconds }) => formatSpan(graceSeconds * 1_000),
  },
  {
    id: 'hold',
    header: 'State',
    cell: ({ hold }) => (hold ? <Status kind="hold" word="On hold" /> : <Status kind="ok" word="Open" />),
  },
];

/** The gates of a pipeline, in words. */
export function StageTable({ stages }: { stages: readonly Stage[] }) {
  return (
    <DataTable
      label="stages"
      columns={COLUMNS}
      rows={stages}
      rowId={({ id }) => id}
      rowName={(stage) => stageInWords(stage)}
      empty={<EmptyState title="No stage" why="A pipeline has at least one." next={null} />}
    />
  );
}
