'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { useListState } from '@/components/patterns/data-table/use-list-state';
import { EmptyState } from '@/components/patterns/empty-state';
import { useTenant } from '@/components/shell/tenant';
import { Button } from '@/components/ui/button';
import { SearchField } from '@/components/ui/search-field';
import { useViewer } from '@/components/ui/viewer';
import { zoneOf } from '@/lib/client/preferences';
import { toShownProblem } from '@/lib/client/problem-error';
import type { AuditEntry } from '@/lib/features/identity/audit-log/schema';
import { columnsFor } from './audit-columns';
import { AuditFilters } from './audit-filters';
import { AUDIT_FILTERS, AUDIT_SORT, type AuditFilter, auditQuery, narrowingOf } from './audit-query';
import { ChainCheck } from './chain-check';
import { EntryDialog } from './entry-dialog';
import { ExportButtons } from './export-buttons';
import { audit } from './queries';

/** Who did what, newest first; every change made here is in it. */
export function AuditList() {
  const { slug } = useTenant();
  const zone = zoneOf(useViewer());
  const list = useListState<AuditFilter>({ sort: AUDIT_SORT, filters: AUDIT_FILTERS });
  const query = useQuery({ ...audit(slug, auditQuery(list, zone)), placeholderData: keepPreviousData });
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const columns = useMemo(() => columnsFor(setOpened), []);
  const rows = query.data?.items;
  const narrow = (name: AuditFilter, value: string) => {
    list.setFilter('cursor', '');
    list.setFilter(name, value);
  };
  return (
    <>
      <div className="mt-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <ChainCheck />
        <ExportButtons query={narrowingOf(list, zone)} />
      </div>
      <div className="mt-4 mb-2 flex flex-wrap items-end gap-2">
        <SearchField
          label="Actor, action or target"
          value={list.search}
          onChange={list.setSearch}
          className="w-64 max-md:w-full"
        />
        <AuditFilters filters={list.filters} onChange={narrow} />
      </div>
      <DataTable
        label="entries"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => `#${row.seq} ${row.action}`}
        lines={2}
        refreshing={query.isPlaceholderData}
        problem={query.error && toShownProblem(query.error)}
        onRetry={query.refetch}
        empty={<NothingFound narrowed={list.narrowed} onClear={list.clear} />}
      />
      {query.data && rows && rows.length > 0 && (
        <CursorPages
          entries={rows}
          isNewest={!list.filters.cursor}
          nextCursor={query.data.nextCursor}
          onCursor={(cursor) => list.setFilter('cursor', cursor)}
        />
      )}
      <EntryDialog
        entry={opened}
        onClose={() => setOpened(null)}
        onNarrow={(name, value) => {
          setOpened(null);
          narrow(name, value);
        }}
      />
    </>
  );
}

function NothingFound({ narrowed, onClear }: { narrowed: boolean; onClear(): void }) {
  return (
    <EmptyState
      title={narrowed ? 'No entry matches' : 'Nothing has been written yet'}
      why={narrowed ? 'The search and the filters leave nothing over.' : 'Every change made here is written down.'}
      next={
        <Button size="sm" onClick={onClear}>
          Show all entries
        </Button>
      }
    />
  );
}

type CursorPagesProps = {
  entries: readonly AuditEntry[];
  isNewest: boolean;
  nextCursor: number | null;
  onCursor(cursor: string): void;
};

/** The log grows while it is read, so pages are counted from a place in it, not from its end. */
function CursorPages({ entries, isNewest, nextCursor, onCursor }: CursorPagesProps) {
  return (
    <nav
      aria-label="Pages of entries"
      className="flex flex-wrap items-center gap-2 py-3 text-12 text-ink-2 tabular-nums"
    >
      <span aria-live="polite">
        #{entries[0]?.seq} to #{entries.at(-1)?.seq}
      </span>
      {!isNewest && (
        <Button size="sm" onClick={() => onCursor('')}>
          Newest
        </Button>
      )}
      {nextCursor !== null && (
        <Button size="sm" onClick={() => onCursor(String(nextCursor))}>
          Older
        </Button>
      )}
    </nav>
  );
}
