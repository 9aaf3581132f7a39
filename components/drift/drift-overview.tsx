'use client';

import { useMemo } from 'react';
import { DriftAxis } from '@/components/environments/axis-cells';
import { useEnvironments } from '@/components/environments/queries';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Environment } from '@/lib/features/connections/environments/schema';
import { CheckNow } from './check-now';
import { FailedSince } from './drift-state';
import { watched } from './queries';

const columnsFor = (slug: string): DataColumn<Environment>[] => [
  {
    id: 'name',
    header: 'Environment',
    phone: 'title',
    rowHeader: true,
    cell: (row) => (
      <EnvironmentName tier={row.class} name={row.name} href={`/t/${slug}/environments/${row.id}/drift`} />
    ),
  },
  { id: 'drift', header: 'Drift', cell: (row) => <DriftAxis environment={row} /> },
  { id: 'since', header: 'Since', cell: (row) => <Since environment={row} /> },
  { id: 'check', header: 'Check', align: 'end', cell: (row) => <CheckNow environment={row} size="sm" /> },
];

function Since({ environment }: { environment: Environment }) {
  const { since, problem } = environment.axes.drift;
  if (problem) return <FailedSince environment={environment} />;
  return since ? <Time at={since} /> : <span className="text-ink-3">not known</span>;
}

/** Every environment that is held to an approved state: how it stands, how old that is, and a check of it now. */
export function DriftOverview() {
  const { slug } = useTenant();
  const { data, error, refetch } = useEnvironments();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  const rows = useMemo(() => data && watched(data.items), [data]);
  return (
    <DataTable
      label="environments"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      lines={2}
      expectedRows={2}
      problem={error && toShownProblem(error)}
      onRetry={refetch}
      empty={
        <EmptyState
          title="Nothing is watched"
          why="Only staging and production are held to what was approved; none of them is connected."
          next={<ButtonLink href={`/t/${slug}/environments`}>Go to the environments</ButtonLink>}
        />
      }
    />
  );
}
