'use client';

import { useState } from 'react';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { SelectionBar } from '@/components/patterns/data-table/selection-bar';
import { useListState } from '@/components/patterns/data-table/use-list-state';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { Button } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Pagination } from '@/components/ui/pagination';
import { SearchField } from '@/components/ui/search-field';
import { Section } from '@/components/ui/section';
import { Segmented } from '@/components/ui/segmented';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { SampleWorkflow } from './sample';

const COLUMNS: readonly DataColumn<SampleWorkflow>[] = [
  {
    id: 'name',
    header: 'Workflow',
    sort: 'ascending',
    phone: 'title',
    cell: (row) => <NameLink href={`#${row.id}`}>{row.name}</NameLink>,
  },
  {
    id: 'environment',
    header: 'Environment',
    cell: (row) => <EnvironmentName tier={row.tier} name={row.environment} />,
  },
  { id: 'state', header: 'State', cell: (row) => <Status kind={row.state} word={row.stateWord} /> },
  { id: 'runs', header: 'Runs, 24 h', align: 'end', sort: 'descending', cell: (row) => row.runs ?? '–' },
  {
    id: 'savedAt',
    header: 'Saved',
    align: 'end',
    sort: 'descending',
    cell: (row) => <Time at={row.savedAt} className="text-ink-3" />,
  },
];

const STATES = ['filled', 'loading', 'empty', 'error', 'forbidden', 'long'] as const;
const FIRST_SORT = { column: 'savedAt', descending: true };

/** The table in each of its states. Its order is only shown here: sorting is the server's. */
export function TableParts({ rows, long }: { rows: SampleWorkflow[]; long: SampleWorkflow[] }) {
  const [state, setState] = useState<(typeof STATES)[number]>('filled');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['wf1']));
  const list = useListState({ sort: FIRST_SORT });
  const options = STATES.map((value) => ({ value, label: value }));
  const failed = state === 'error' || state === 'forbidden';
  return (
    <Section
      title="Workflows"
      note="214"
      actions={<Segmented label="State of the table" value={state} options={options} onChange={setState} />}
    >
      <div className="flex flex-wrap gap-2 py-3">
        <SearchField label="Name, tag or node" value={list.search} onChange={list.setSearch} />
      </div>
      <DataTable
        label="workflows"
        columns={COLUMNS}
        rows={state === 'loading' || failed ? undefined : state === 'empty' ? [] : state === 'long' ? long : rows}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        sort={list.sort}
        onSortChange={list.setSort}
        selected={selected}
        onSelectedChange={setSelected}
        expectedRows={8}
        problem={failed ? sampleProblem(state) : null}
        onRetry={() => setState('filled')}
        empty={
          <EmptyState
            title="No workflow is called that"
            why="The search looks at names, tags and nodes in all environments."
            next={<Button size="sm">Clear the search</Button>}
          />
        }
      />
      <SelectionBar count={selected.size} onClear={() => setSelected(new Set())}>
        <Button size="sm">Compare</Button>
        <Button size="sm" variant="primary">
          Promote {selected.size}
        </Button>
      </SelectionBar>
      <Pagination page={list.page} pageSize={8} total={214} noun="workflows" onPageChange={list.setPage} />
    </Section>
  );
}

function sampleProblem(state: 'error' | 'forbidden') {
  const forbidden = state === 'forbidden';
  return {
    type: 'about:blank',
    title: forbidden ? 'Workflows are for members' : 'eu-main refused the key',
    status: forbidden ? 403 : 502,
    detail: forbidden ? 'RS and TL are admins and can change your role.' : 'n8n answered 401 to the stored API key.',
    code: state,
    requestId: 'req_01J9XK3M8TQ4',
  };
}
