'use client';

import { useMemo } from 'react';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { PromoteTicked } from '@/components/promotions/promote-link';
import { FilterSelect } from '@/components/shell/filter-select';
import { ServerList } from '@/components/shell/server-list';
import { useTenant } from '@/components/shell/tenant';
import { Badge } from '@/components/ui/badge';
import { Button, ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Time } from '@/components/ui/time';
import { TRIGGER_KINDS } from '@/lib/features/inventory/workflows/model';
import type { Workflow } from '@/lib/features/inventory/workflows/schema';
import { WORKFLOW_FILTERS, WORKFLOW_SORT } from './list-settings';
import { workflows } from './queries';
import { TRIGGER_WORDS } from './words';
import { WorkflowState } from './workflow-state';

const columnsFor = (slug: string): DataColumn<Workflow>[] => [
  {
    id: 'name',
    header: 'Workflow',
    sort: 'ascending',
    phone: 'title',
    cell: (row) => (
      <div>
        <NameLink href={`/t/${slug}/workflows/${row.id}`}>{row.name}</NameLink>
        <span className="block truncate text-12 text-ink-3">
          {row.triggers.map((trigger) => TRIGGER_WORDS[trigger]).join(', ') || 'no trigger'} · {row.nodeCount} nodes
        </span>
      </div>
    ),
  },
  { id: 'state', header: 'State', width: '12rem', cell: (row) => <WorkflowState workflow={row} /> },
  {
    id: 'environment',
    header: 'Environment',
    cell: (row) => <EnvironmentName tier={row.environment.class} name={row.environment.name} />,
  },
  {
    id: 'tags',
    header: 'Tags',
    phone: 'hide',
    cell: (row) => (
      <span className="flex flex-wrap gap-1">
        {row.tags.map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
      </span>
    ),
  },
  {
    id: 'n8nUpdatedAt',
    header: 'Changed in n8n',
    sort: 'descending',
    align: 'end',
    cell: (row) => (row.n8nUpdatedAt ? <Time at={row.n8nUpdatedAt} /> : <span className="text-ink-3">unknown</span>),
  },
];

const STATES = [
  { value: 'true', label: 'on' },
  { value: 'false', label: 'off' },
];
const PRESENCES = [
  { value: 'present', label: 'present' },
  { value: 'missing', label: 'missing' },
];
const TRIGGERS = TRIGGER_KINDS.map((kind) => ({ value: kind, label: TRIGGER_WORDS[kind] }));

/** Every workflow of every environment, as last read. */
export function WorkflowList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="workflows"
      resource={workflows}
      columns={columns}
      firstSort={WORKFLOW_SORT}
      searchLabel="Name or tag"
      filterNames={WORKFLOW_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
          <FilterSelect
            label="State"
            value={filters.active}
            options={STATES}
            onChange={(value) => setFilter('active', value)}
          />
          <FilterSelect
            label="Trigger"
            value={filters.trigger}
            options={TRIGGERS}
            onChange={(value) => setFilter('trigger', value)}
          />
          <FilterSelect
            label="Presence"
            value={filters.presence}
            options={PRESENCES}
            onChange={(value) => setFilter('presence', value)}
          />
        </>
      )}
      rowName={(row) => row.name}
      selectionActions={(ids, rows) => (
        <>
          <CompareButton slug={slug} ids={ids} />
          <PromoteTicked ids={ids} rows={rows} />
        </>
      )}
      lines={2}
      empty={
        <EmptyState
          title="No workflow has been read"
          why="Workflows appear here once an environment is connected and refreshed."
          next={<ButtonLink href={`/t/${slug}/environments`}>Go to the environments</ButtonLink>}
        />
      }
    />
  );
}

function CompareButton({ slug, ids }: { slug: string; ids: readonly string[] }) {
  if (ids.length !== 2) {
    return (
      <Button size="sm" why="Two workflows can be compared: tick exactly two.">
        Compare
      </Button>
    );
  }
  const [left, right] = ids;
  return (
    <ButtonLink size="sm" variant="primary" href={`/t/${slug}/workflows/compare?left=${left}&right=${right}`}>
      Compare
    </ButtonLink>
  );
}
