'use client';

import { useMemo } from 'react';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ServerList } from '@/components/shell/server-list';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Status } from '@/components/ui/status';
import type { Credential } from '@/lib/features/inventory/credentials/schema';
import { CREDENTIAL_FILTERS, CREDENTIAL_SORT } from './list-settings';
import { credentials } from './queries';

const columnsFor = (slug: string): DataColumn<Credential>[] => [
  {
    id: 'name',
    header: 'Credential',
    sort: 'ascending',
    phone: 'title',
    cell: (row) => <NameLink href={`/t/${slug}/credentials/${row.id}`}>{row.name}</NameLink>,
  },
  { id: 'type', header: 'Type', sort: 'ascending', cell: (row) => <code>{row.type}</code> },
  {
    id: 'environment',
    header: 'Environment',
    cell: (row) => <EnvironmentName tier={row.environment.class} name={row.environment.name} />,
  },
  {
    id: 'presence',
    header: 'Known',
    cell: (row) =>
      row.presence === 'missing' ? (
        <Status kind="bad" word="Missing" />
      ) : (
        <span className="text-ink-2">{row.source === 'listed' ? 'listed by n8n' : 'from workflows that use it'}</span>
      ),
  },
  {
    id: 'workflowCount',
    header: 'Used by',
    sort: 'descending',
    align: 'end',
    cell: (row) => (row.workflowCount === 1 ? '1 workflow' : `${row.workflowCount} workflows`),
  },
];

/** Names and types of credentials, and where they are used. Secrets stay in n8n. */
export function CredentialList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="credentials"
      resource={credentials}
      columns={columns}
      firstSort={CREDENTIAL_SORT}
      searchLabel="Name or type"
      filterNames={CREDENTIAL_FILTERS}
      filters={({ filters, setFilter }) => (
        <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
      )}
      rowName={(row) => row.name}
      empty={
        <EmptyState
          title="No credential has been read"
          why="n8n lists its credentials from 2.10 on; on older versions they are gathered from the workflows that use them."
          next={<ButtonLink href={`/t/${slug}/environments`}>Go to the environments</ButtonLink>}
        />
      }
    />
  );
}
