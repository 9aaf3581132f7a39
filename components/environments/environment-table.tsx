'use client';

import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { useMay, useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Why } from '@/components/ui/why';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Environment } from '@/lib/features/connections/environments/schema';
import { ConnectionAxis, DriftAxis, FreshnessAxis, ReadinessAxis } from './axis-cells';
import { useEnvironments } from './queries';

const columnsFor = (slug: string): DataColumn<Environment>[] => [
  {
    id: 'name',
    header: 'Environment',
    phone: 'title',
    cell: (row) => (
      <div>
        <EnvironmentName tier={row.class} name={row.name} href={`/t/${slug}/environments/${row.id}`} />
        <span className="block truncate text-12 text-ink-3">
          {row.providerVersion ? `n8n ${row.providerVersion}` : 'version unknown'} · {new URL(row.baseUrl).host}
        </span>
      </div>
    ),
  },
  { id: 'connection', header: 'Connection', cell: (row) => <ConnectionAxis environment={row} /> },
  { id: 'drift', header: 'Drift', cell: (row) => <DriftAxis environment={row} /> },
  { id: 'readiness', header: 'Readiness', cell: (row) => <ReadinessAxis environment={row} /> },
  { id: 'freshness', header: 'Freshness', cell: (row) => <FreshnessAxis environment={row} /> },
  {
    id: 'workflows',
    header: 'Workflows',
    cell: (row) =>
      row.workflowCount === null ? (
        <span className="text-ink-3">not read yet</span>
      ) : (
        <span>
          {row.workflowCount} <span className="text-ink-3">· {row.activeWorkflowCount} on</span>
        </span>
      ),
  },
];

/** Every environment in tier order with its four axes. */
export function EnvironmentTable() {
  const { slug } = useTenant();
  const { data, error, refetch } = useEnvironments();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <DataTable
      label="environments"
      columns={columns}
      rows={data?.items}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      lines={2}
      expectedRows={3}
      problem={error && toShownProblem(error)}
      onRetry={refetch}
      empty={<NoEnvironments />}
    />
  );
}

function NoEnvironments() {
  const may = useMay('environment:write');
  return (
    <EmptyState
      title="No environment yet"
      why="An environment is one n8n instance: where you build, where you rehearse, or what runs for real. Connect the first one and its workflows appear here."
      next={may ? <ConnectLink variant="primary" /> : <Why>An admin of the organisation connects environments.</Why>}
    />
  );
}

/** The way to connecting another instance. */
export function ConnectLink({ variant }: { variant?: 'primary' }) {
  const { slug } = useTenant();
  return (
    <ButtonLink href={`/t/${slug}/environments/new`} variant={variant}>
      <Icon of={Plus} />
      Connect an environment
    </ButtonLink>
  );
}
