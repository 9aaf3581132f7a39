'use client';

import { useMemo } from 'react';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { FilterSelect } from '@/components/shell/filter-select';
import { ServerList } from '@/components/shell/server-list';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { APPROVAL_STATUSES } from '@/lib/features/drift/drift-approvals/model';
import type { DriftApproval } from '@/lib/features/drift/drift-approvals/schema';
import { APPROVABLE_ACTIONS } from '@/lib/features/drift/drift-policies/model';
import { DecideApproval } from './decide-approval';
import { APPROVABLE_WORDS, APPROVAL_WORDS, askedInWords } from './incident-words';
import { APPROVAL_FILTERS, APPROVAL_SORT } from './list-settings';
import { driftApprovals } from './queries';

const columnsFor = (slug: string): DataColumn<DriftApproval>[] => [
  {
    id: 'asked',
    header: 'Asked for',
    phone: 'title',
    rowHeader: true,
    cell: (row) => (
      <div>
        <NameLink href={`/t/${slug}/incidents/${row.incident.id}`}>
          {askedInWords(row)}: {row.incident.title}
        </NameLink>
        <span className="block truncate text-12 text-ink-3">
          {row.requester.label}
          {row.reason && `: ${row.reason}`}
        </span>
      </div>
    ),
  },
  {
    id: 'environment',
    header: 'Environment',
    cell: ({ environment }) => <EnvironmentName tier={environment.class} name={environment.name} />,
  },
  { id: 'status', header: 'State', width: '14rem', cell: (row) => <ApprovalState row={row} /> },
  {
    id: 'requestedAt',
    header: 'Asked',
    sort: 'descending',
    align: 'end',
    width: '8rem',
    cell: (row) => <Time at={row.requestedAt} />,
  },
  {
    id: 'decide',
    header: '',
    headerNode: <span className="sr-only">Decide</span>,
    align: 'end',
    cell: (row) => <DecideApproval approval={row} />,
  },
];

function ApprovalState({ row }: { row: DriftApproval }) {
  const open = row.status === 'pending' || row.status === 'approved';
  return (
    <span className="whitespace-normal">
      <Status {...APPROVAL_WORDS[row.status]} />
      <span className="block text-12 text-ink-3">
        {open && row.outdated ? (
          'the drift moved since: it allows nothing'
        ) : open ? (
          <Time at={row.expiresAt} prefix="runs out" />
        ) : (
          row.decider && `by ${row.decider.label}${row.comment ? `: ${row.comment}` : ''}`
        )}
      </span>
    </span>
  );
}

const STATUSES = APPROVAL_STATUSES.map((status) => ({ value: status, label: APPROVAL_WORDS[status].word }));
const ACTIONS = APPROVABLE_ACTIONS.map((action) => ({ value: action, label: APPROVABLE_WORDS[action] }));

/** What second persons were asked for, decided in place. */
export function ApprovalList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="approvals"
      resource={driftApprovals}
      columns={columns}
      firstSort={APPROVAL_SORT}
      searchLabel="Incident"
      filterNames={APPROVAL_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          <FilterSelect
            label="State"
            value={filters.status}
            options={STATUSES}
            onChange={(value) => setFilter('status', value)}
          />
          <FilterSelect
            label="Action"
            value={filters.action}
            options={ACTIONS}
            onChange={(value) => setFilter('action', value)}
          />
          <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
        </>
      )}
      rowName={(row) => `${askedInWords(row)}: ${row.incident.title}`}
      lines={2}
      empty={
        <EmptyState
          title="Nobody was asked"
          why="Where the policy asks for a second person, what they are asked for stands here."
          next={<ButtonLink href={`/t/${slug}/policies`}>Look at the policy</ButtonLink>}
        />
      }
    />
  );
}
