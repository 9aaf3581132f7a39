'use client';

import { useMemo } from 'react';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { WorkflowIdentity } from '@/lib/features/change/lineages/schema';
import { driftInWords } from './cell-words';
import { IdentityActions } from './identity-actions';
import { IDENTITY_WORDS, METHOD_WORDS } from './identity-words';

const columnsFor = (slug: string): DataColumn<WorkflowIdentity>[] => [
  {
    id: 'environment',
    header: 'Environment',
    phone: 'title',
    rowHeader: true,
    cell: ({ environment }) => (
      <EnvironmentName
        tier={environment.class}
        name={environment.name}
        href={`/t/${slug}/environments/${environment.id}`}
      />
    ),
  },
  {
    id: 'workflow',
    header: 'Workflow',
    cell: ({ workflowId, name, n8nId }) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <NameLink href={`/t/${slug}/workflows/${workflowId}`}>{name}</NameLink>
        <code className="text-12 text-ink-3">{n8nId}</code>
      </span>
    ),
  },
  { id: 'state', header: 'State', cell: (row) => <State identity={row} /> },
  {
    id: 'how',
    header: 'How it got here',
    phone: 'hide',
    cell: ({ decision }) =>
      decision && (
        <span className="whitespace-normal text-ink-2">
          {METHOD_WORDS[decision.method]} <Time at={decision.at} className="text-ink-3" />
          {decision.reason && <span className="block text-12 text-ink-3">{decision.reason}</span>}
        </span>
      ),
  },
  { id: 'actions', header: 'Actions', align: 'end', cell: (row) => <IdentityActions identity={row} /> },
];

function State({ identity: { status, driftClass, active, archived } }: { identity: WorkflowIdentity }) {
  if (status !== 'linked') return <Status {...IDENTITY_WORDS[status]} />;
  if (driftClass) return <Status kind="bad" word={`Drifted: ${driftInWords(driftClass)}`} />;
  return <span className="text-ink-2">{archived ? 'archived' : active ? 'on' : 'off'}</span>;
}

/** A lineage's workflow in each environment, in the order of their classes. */
export function LineageVersions({ workflows }: { workflows: readonly WorkflowIdentity[] }) {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <DataTable
      label="versions by environment"
      columns={columns}
      rows={workflows}
      rowId={(row) => row.workflowId}
      rowName={(row) => row.environment.name}
      lines={2}
      empty={
        <EmptyState
          title="No workflow belongs to it"
          why="All were unlinked, or moved to other lineages."
          next={
            <ButtonLink size="sm" href={`/t/${slug}/matrix/linking`}>
              Go to linking
            </ButtonLink>
          }
        />
      }
    />
  );
}
