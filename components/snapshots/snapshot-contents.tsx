'use client';

import { useMemo } from 'react';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { DiffMark } from '@/components/patterns/diff-mark';
import { EmptyState } from '@/components/patterns/empty-state';
import { useTenant } from '@/components/shell/tenant';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { TextLink } from '@/components/ui/text-link';
import { Why } from '@/components/ui/why';
import type { SnapshotDetail } from '@/lib/features/history/snapshots/schema';

type Contained = SnapshotDetail['workflows'][number];

function columnsFor(slug: string, { id, environment, restore }: SnapshotDetail): DataColumn<Contained>[] {
  const compare = `/t/${slug}/snapshots/compare?from=${id}&to=now:${environment.id}`;
  const which = (row: Contained) => (row.lineageId ? `lineage=${row.lineageId}` : `n8n=${row.n8nId}`);
  return [
    {
      id: 'name',
      header: 'Workflow',
      phone: 'title',
      rowHeader: true,
      cell: (row) => (
        <span className="flex items-center gap-2">
          {row.change && <DiffMark kind={row.change === 'added' ? 'add' : 'change'} />}
          <NameLink href={`${compare}&${which(row)}`}>{row.name}</NameLink>
        </span>
      ),
    },
    {
      id: 'state',
      header: 'State',
      width: '8rem',
      cell: ({ active, archived }) => (
        <span className="text-ink-2">{archived ? 'archived' : active ? 'on' : 'off'}</span>
      ),
    },
    {
      id: 'tags',
      header: 'Tags',
      phone: 'hide',
      cell: ({ tags }) => (
        <span className="flex flex-wrap gap-1">
          {tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      ),
    },
    {
      id: 'lineage',
      header: 'Lineage',
      cell: ({ lineageId }) =>
        lineageId ? (
          <TextLink href={`/t/${slug}/matrix/${lineageId}`}>see</TextLink>
        ) : (
          <span className="text-ink-3">none</span>
        ),
    },
    {
      id: 'restore',
      header: 'Bring back',
      align: 'end',
      cell: (row) =>
        restore.allowed && (
          <ButtonLink size="sm" href={`/t/${slug}/snapshots/${id}/restore?file=${row.file}`}>
            Restore this one…
          </ButtonLink>
        ),
    },
  ];
}

/** The workflows of a snapshot; each leads to what differs now, and to its way back. */
export function SnapshotContents({ snapshot }: { snapshot: SnapshotDetail }) {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug, snapshot), [slug, snapshot]);
  const { allowed, detail, allowedBy } = snapshot.restore;
  return (
    <>
      {!allowed && (
        <div className="pt-2">
          <Why id="why-no-restore">{[detail, allowedBy].filter(Boolean).join(' ')}</Why>
        </div>
      )}
      <DataTable
        label="workflows of the snapshot"
        columns={allowed ? columns : columns.slice(0, -1)}
        rows={snapshot.workflows}
        rowId={({ file }) => file}
        rowName={({ name }) => name}
        empty={
          <EmptyState
            title="The environment was empty"
            why="There was no workflow on the instance."
            next={<ButtonLink href={`/t/${slug}/snapshots`}>Back to the snapshots</ButtonLink>}
          />
        }
      />
    </>
  );
}
