'use client';

import { useMemo } from 'react';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { FilterSelect } from '@/components/shell/filter-select';
import { ServerList } from '@/components/shell/server-list';
import { useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import { FilterChip } from '@/components/ui/chip';
import { CopyId } from '@/components/ui/copy-id';
import { NameLink } from '@/components/ui/name-link';
import { Time } from '@/components/ui/time';
import type { Snapshot } from '@/lib/features/history/snapshots/schema';
import { ChangeCounts } from './change-counts';
import { SNAPSHOT_FILTERS, SNAPSHOT_SORT } from './list-settings';
import { snapshots } from './queries';
import { KIND_WORDS } from './snapshot-words';

const columnsFor = (slug: string): DataColumn<Snapshot>[] => [
  {
    id: 'message',
    header: 'Snapshot',
    phone: 'title',
    rowHeader: true,
    cell: (row) => (
      <div>
        <NameLink href={`/t/${slug}/snapshots/${row.id}`}>{row.message}</NameLink>
        <span className="block truncate text-12 text-ink-3">
          {KIND_WORDS[row.kind]} · {row.actor.label}
        </span>
      </div>
    ),
  },
  {
    id: 'environment',
    header: 'Environment',
    cell: ({ environment }) => <EnvironmentName tier={environment.class} name={environment.name} />,
  },
  { id: 'changed', header: 'Against the one before', cell: (row) => <ChangeCounts counts={row.changed} /> },
  {
    id: 'workflowCount',
    header: 'Workflows',
    sort: 'descending',
    align: 'end',
    width: '6rem',
    cell: (row) => row.workflowCount,
  },
  { id: 'commit', header: 'Commit', phone: 'hide', cell: (row) => <CopyId id={row.commitSha} noun="commit" /> },
  {
    id: 'createdAt',
    header: 'Taken',
    sort: 'descending',
    align: 'end',
    cell: (row) => <Time at={row.createdAt} />,
  },
];

const KINDS = Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }));

/** Every kept moment of every environment; two ticked ones can be compared. */
export function SnapshotList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="snapshots"
      resource={snapshots}
      columns={columns}
      firstSort={SNAPSHOT_SORT}
      searchLabel="Message"
      filterNames={SNAPSHOT_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
          <FilterSelect
            label="Kind"
            value={filters.kind}
            options={KINDS}
            onChange={(value) => setFilter('kind', value)}
          />
          {filters.workflowId && (
            <FilterChip label="Versions of" value="one workflow" onRemove={() => setFilter('workflowId', '')} />
          )}
        </>
      )}
      rowName={(row) => row.message}
      selectionActions={(ids) => <CompareButton slug={slug} ids={ids} />}
      lines={2}
      empty={
        <EmptyState
          title="No snapshot has been taken"
          why="A snapshot is all of an environment at a moment, as one commit in git. One is taken with every save, promotion and restore, and whenever somebody asks."
          next={<ButtonLink href={`/t/${slug}/environments`}>Go to the environments</ButtonLink>}
        />
      }
    />
  );
}

function CompareButton({ slug, ids: [first, second, ...more] }: { slug: string; ids: readonly string[] }) {
  if (!first || !second || more.length > 0) {
    return (
      <Button size="sm" why="Two moments can be compared: tick exactly two.">
        Compare
      </Button>
    );
  }
  // Ids are made in the order of time: the older one stands on the left.
  const [from, to] = [first, second].sort();
  return (
    <ButtonLink size="sm" variant="primary" href={`/t/${slug}/snapshots/compare?from=${from}&to=${to}`}>
      Compare
    </ButtonLink>
  );
}
