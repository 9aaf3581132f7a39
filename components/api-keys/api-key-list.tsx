'use client';

import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { FilterSelect } from '@/components/shell/filter-select';
import { ServerList } from '@/components/shell/server-list';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { ApiKey } from '@/lib/features/identity/api-keys/schema';
import { CreateKeyButton } from './create-key-dialog';
import { API_KEY_FILTERS, API_KEY_SORT } from './list-settings';
import { apiKeys } from './queries';
import { RevokeKey } from './revoke-key';
import { ScopesCell } from './scopes-cell';

const COLUMNS: readonly DataColumn<ApiKey>[] = [
  {
    id: 'name',
    header: 'Key',
    sort: 'ascending',
    phone: 'title',
    cell: (row) => (
      <div className="min-w-0">
        <span className="block font-medium wrap-anywhere">{row.name}</span>
        <code className="text-ink-3">{row.prefix}…</code>
      </div>
    ),
  },
  { id: 'scopes', header: 'Scopes', cell: (row) => <ScopesCell scopes={row.scopes} /> },
  { id: 'status', header: 'State', width: '11rem', cell: (row) => <KeyState apiKey={row} /> },
  {
    id: 'lastUsedAt',
    header: 'Last used',
    sort: 'descending',
    width: '8rem',
    cell: (row) => (row.lastUsedAt ? <Time at={row.lastUsedAt} /> : <span className="text-ink-3">never</span>),
  },
  {
    id: 'createdAt',
    header: 'Made',
    sort: 'descending',
    width: '14rem',
    cell: (row) => (
      <div className="min-w-0">
        <Time at={row.createdAt} />
        <span className="block truncate text-12 text-ink-3">{row.createdBy.email ?? 'by somebody who has left'}</span>
      </div>
    ),
  },
  {
    id: 'actions',
    header: '',
    headerNode: <span className="sr-only">Actions</span>,
    align: 'end',
    width: '6rem',
    cell: (row) => <RevokeKey apiKey={row} />,
  },
];

const STATES = ['active', 'expired', 'revoked'].map((state) => ({ value: state, label: state }));

/** Keys for programs, with what they may do and until when. */
export function ApiKeyList() {
  return (
    <ServerList
      noun="API keys"
      resource={apiKeys}
      columns={COLUMNS}
      firstSort={API_KEY_SORT}
      searchLabel="Name"
      filterNames={API_KEY_FILTERS}
      filters={({ filters, setFilter }) => (
        <FilterSelect
          label="State"
          value={filters.status}
          options={STATES}
          onChange={(value) => setFilter('status', value)}
        />
      )}
      rowName={(row) => row.name}
      lines={2}
      empty={
        <EmptyState
          title="No API key yet"
          why="A key lets a program do here what you choose, and no more than its maker may."
          next={<CreateKeyButton />}
        />
      }
    />
  );
}

function KeyState({ apiKey: { status, expiresAt, revokedAt } }: { apiKey: ApiKey }) {
  if (status === 'revoked') {
    return <TwoLines mark={<Status kind="wait" word="Revoked" />} below={revokedAt && <Time at={revokedAt} />} />;
  }
  if (status === 'expired') {
    return <TwoLines mark={<Status kind="warn" word="Expired" />} below={expiresAt && <Time at={expiresAt} />} />;
  }
  const below = expiresAt ? <Time at={expiresAt} prefix="ends" /> : 'does not expire';
  return <TwoLines mark={<Status kind="ok" word="Active" />} below={below} />;
}

function TwoLines({ mark, below }: { mark: React.ReactNode; below: React.ReactNode }) {
  return (
    <div>
      {mark}
      <span className="block pl-5 text-12 text-ink-3">{below}</span>
    </div>
  );
}
