'use client';

import { useMemo } from 'react';
import { CLASS_WORDS, SEVERITY_WORDS } from '@/components/drift/drift-words';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { FilterSelect } from '@/components/shell/filter-select';
import { ServerList } from '@/components/shell/server-list';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { FilterChip } from '@/components/ui/chip';
import { NameLink } from '@/components/ui/name-link';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { SEVERITIES } from '@/lib/features/drift/drift-policies/model';
import { DRIFT_CLASSES, INCIDENT_STATUSES } from '@/lib/features/drift/incidents/model';
import type { IncidentSummary } from '@/lib/features/drift/incidents/schema';
import { Due } from './due';
import { OUTCOME_WORDS, STATUS_WORDS } from './incident-words';
import { INCIDENT_FILTERS, INCIDENT_SORT } from './list-settings';
import { incidents } from './queries';

const columnsFor = (slug: string): DataColumn<IncidentSummary>[] => [
  {
    id: 'incident',
    header: 'Incident',
    phone: 'title',
    rowHeader: true,
    cell: (row) => (
      <div>
        <NameLink href={`/t/${slug}/incidents/${row.id}`}>{row.title}</NameLink>
        <span className="block truncate text-12 text-ink-3">{affectedInWords(row)}</span>
      </div>
    ),
  },
  {
    id: 'environment',
    header: 'Environment',
    cell: ({ environment }) => <EnvironmentName tier={environment.class} name={environment.name} />,
  },
  { id: 'status', header: 'State', width: '12rem', cell: (row) => <IncidentState row={row} /> },
  {
    id: 'severity',
    header: 'Severity',
    width: '7rem',
    cell: ({ severity }) => <Status {...SEVERITY_WORDS[severity]} />,
  },
  { id: 'dueAt', header: 'Due', sort: 'ascending', align: 'end', cell: (row) => <Due incident={row} /> },
  {
    id: 'detectedAt',
    header: 'Detected',
    sort: 'descending',
    align: 'end',
    cell: (row) => <Time at={row.detectedAt} />,
  },
];

function affectedInWords({ affectedWorkflows, affectedCount, openCount, ticket }: IncidentSummary): string {
  const names = affectedWorkflows.slice(0, 2).map(({ name, driftClass }) => `${name} ${CLASS_WORDS[driftClass]}`);
  const more = affectedCount > names.length ? [`${affectedCount - names.length} more`] : [];
  const settled = openCount > 0 && openCount < affectedCount ? [`${openCount} of ${affectedCount} still differ`] : [];
  return [...names, ...more, ...settled, ...(ticket ? [ticket] : [])].join(' · ');
}

function IncidentState({ row: { status, resolution } }: { row: IncidentSummary }) {
  return (
    <span>
      <Status {...STATUS_WORDS[status]} />
      {resolution && status === 'closed' && (
        <span className="block text-12 text-ink-3">{OUTCOME_WORDS[resolution]}</span>
      )}
    </span>
  );
}

const OPEN = [
  { value: 'true', label: 'open' },
  { value: 'false', label: 'closed' },
];
const STATUSES = INCIDENT_STATUSES.map((status) => ({ value: status, label: STATUS_WORDS[status].word }));
const LEVELS = SEVERITIES.map((severity) => ({ value: severity, label: SEVERITY_WORDS[severity].word }));
const CLASSES = DRIFT_CLASSES.map((one) => ({ value: one, label: CLASS_WORDS[one] }));

type Filters = Record<(typeof INCIDENT_FILTERS)[number], string>;
type FiltersProps = { filters: Filters; setFilter(name: keyof Filters, value: string): void };

/** Every incident: what differs where, how grave it is, by when it has to be dealt with. */
export function IncidentList() {
  const { slug } = useTenant();
  const columns = useMemo(() => columnsFor(slug), [slug]);
  return (
    <ServerList
      noun="incidents"
      resource={incidents}
      columns={columns}
      firstSort={INCIDENT_SORT}
      searchLabel="Workflow, title or ticket"
      filterNames={INCIDENT_FILTERS}
      filters={(list) => <Filters {...list} />}
      rowName={({ title }) => title}
      lines={2}
      empty={
        <EmptyState
          title="No incident"
          why="An incident opens by itself when a check finds that staging or production is not what was approved."
          next={<ButtonLink href={`/t/${slug}/incidents/checks`}>Look at the checks</ButtonLink>}
        />
      }
    />
  );
}

function Filters({ filters, setFilter }: FiltersProps) {
  const select = (label: string, name: keyof Filters, options: { value: string; label: string }[]) => (
    <FilterSelect label={label} value={filters[name]} options={options} onChange={(value) => setFilter(name, value)} />
  );
  return (
    <>
      <EnvironmentFilter value={filters.environmentId} onChange={(value) => setFilter('environmentId', value)} />
      {select('Open', 'open', OPEN)}
      {select('State', 'status', STATUSES)}
      {select('Severity', 'severity', LEVELS)}
      {select('Difference', 'driftClass', CLASSES)}
      {filters.workflowId && (
        <FilterChip label="Workflow" value={filters.workflowId} onRemove={() => setFilter('workflowId', '')} />
      )}
    </>
  );
}
