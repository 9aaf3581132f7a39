'use client';

import { useMemo } from 'react';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { DiffMark } from '@/components/patterns/diff-mark';
import { EmptyState } from '@/components/patterns/empty-state';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Status } from '@/components/ui/status';
import type { AdoptionPreview } from '@/lib/features/history/snapshots/approved-schema';
import { ProposedLinks } from './proposed-links';

type Line = AdoptionPreview['workflows'][number];

const MARKS = { added: 'add', modified: 'change', removed: 'remove', unchanged: 'same' } as const;
const WORDS = {
  added: 'new to git',
  modified: 'differs from what is approved',
  removed: 'approved, and not there',
  unchanged: 'as approved',
};

const columnsFor = (slug: string): DataColumn<Line>[] => [
  {
    id: 'name',
    header: 'Workflow',
    phone: 'title',
    rowHeader: true,
    cell: ({ workflowId, name, unpublishedChanges, active }) => (
      <div>
        {workflowId ? <NameLink href={`/t/${slug}/workflows/${workflowId}`}>{name}</NameLink> : <b>{name}</b>}
        <span className="block text-12 text-ink-3">
          {active ? 'on' : 'off'}
          {unpublishedChanges && ' · what runs is taken, its draft is not'}
        </span>
      </div>
    ),
  },
  {
    id: 'change',
    header: 'Against approved',
    cell: ({ change }) => (
      <span className="inline-flex items-center gap-2">
        <DiffMark kind={MARKS[change]} /> {WORDS[change]}
      </span>
    ),
  },
  { id: 'lineage', header: 'Lineage', cell: (row) => <ProposedLinks line={row} /> },
  { id: 'secrets', header: 'Secrets', cell: ({ secrets }) => <Secrets secrets={secrets} /> },
];

function Secrets({ secrets }: Pick<Line, 'secrets'>) {
  if (secrets.length === 0) return <span className="text-ink-3">none found</span>;
  return (
    <ul className="whitespace-normal">
      {secrets.map(({ node, path, message }) => (
        <li key={`${node} ${path}`}>
          <Status kind="bad" word={node} /> <span className="text-ink-2">{message}</span>{' '}
          <code className="text-12 text-ink-3">{path}</code>
        </li>
      ))}
    </ul>
  );
}

type AdoptionTableProps = {
  preview: AdoptionPreview;
  selected: ReadonlySet<string>;
  onSelectedChange(selected: ReadonlySet<string>): void;
};

/** Each workflow with what adopting does to it. Nothing ticked means everything. */
export function AdoptionTable({ preview: { workflows, environment }, selected, onSelectedChange }: AdoptionTableProps) {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <DataTable
      label="workflows to adopt"
      columns={columns}
      rows={workflows}
      rowId={(row) => row.workflowId ?? `gone ${row.n8nId} ${row.name}`}
      rowName={({ name }) => name}
      lines={2}
      selected={selected}
      onSelectedChange={onSelectedChange}
      empty={
        <EmptyState
          title="Nothing runs there"
          why="There is no workflow on the instance that could be adopted."
          next={<ButtonLink href={`/t/${slug}/environments/${environment.id}`}>Back to the environment</ButtonLink>}
        />
      }
    />
  );
}
