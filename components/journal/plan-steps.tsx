import type { ReactNode } from 'react';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { EmptyState } from '@/components/patterns/empty-state';
import { Status } from '@/components/ui/status';
import type { PlanStep } from '@/lib/features/change/change-plans/schema';
import { plannedInWords, shownPath } from './run-words';

const COLUMNS: readonly DataColumn<PlanStep>[] = [
  { id: 'position', header: '#', align: 'end', width: '2.5rem', phone: 'hide', cell: ({ position }) => position + 1 },
  {
    id: 'step',
    header: 'Step',
    phone: 'title',
    rowHeader: true,
    cell: ({ name, action }) => (
      <span className="whitespace-normal">
        <b>{name}</b> {plannedInWords(action)}
      </span>
    ),
  },
  {
    id: 'call',
    header: 'Call',
    width: '15rem',
    cell: ({ method, path, workflowId }) => (
      <code className="text-12 wrap-anywhere whitespace-normal">
        {method} {shownPath(path, workflowId)}
      </code>
    ),
  },
  {
    id: 'precondition',
    header: 'Only if',
    cell: ({ precondition }) => <span className="whitespace-normal text-ink-2">{precondition}</span>,
  },
  {
    id: 'reversible',
    header: 'Undo',
    cell: ({ reversible }) => (reversible ? 'possible' : <Status kind="warn" word="not possible" />),
  },
  {
    id: 'interruption',
    header: 'Interrupts',
    cell: ({ interruption }) =>
      interruption === 'none' ? (
        <span className="text-ink-3">nothing</span>
      ) : (
        <Status kind="warn" word={interruption === 'moment' ? 'for a moment' : 'until published'} />
      ),
  },
];

/** The literal calls of a plan in order: exactly these are made, and no others. */
export function PlanSteps({ steps, next }: { steps: readonly PlanStep[]; next: ReactNode }) {
  return (
    <DataTable
      label="planned calls"
      columns={COLUMNS}
      rows={steps}
      rowId={({ position }) => String(position)}
      rowName={({ name }) => name}
      lines={2}
      empty={<EmptyState title="Nothing to write" why="The instance is already as it would become." next={next} />}
    />
  );
}
