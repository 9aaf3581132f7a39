'use client';

import { useState } from 'react';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { DiffMark } from '@/components/patterns/diff-mark';
import { EmptyState } from '@/components/patterns/empty-state';
import { useStageComparison } from '@/components/pipelines/queries';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Pagination } from '@/components/ui/pagination';
import { SearchField } from '@/components/ui/search-field';
import { Section } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import { PAGE_SIZE } from '@/lib/core/paging';
import type { StageComparison } from '@/lib/features/delivery/promotions/schema';
import { MAX_IN_ADDRESS, type Way } from './draft-state';
import { CHANGE_WORDS } from './promotion-words';

type DraftRow = StageComparison['items'][number];

const COLUMNS: readonly DataColumn<DraftRow>[] = [
  {
    id: 'name',
    header: 'Workflow',
    phone: 'title',
    rowHeader: true,
    cell: ({ name, change }) => (
      <span className="flex items-center gap-2">
        <DiffMark kind={CHANGE_WORDS[change].mark} />
        <span className="min-w-0 truncate font-medium">{name}</span>
      </span>
    ),
  },
  {
    id: 'why',
    header: 'How it stands',
    cell: ({ why }) => <span className="text-12 whitespace-normal text-ink-2">{why}</span>,
  },
  {
    id: 'runs',
    header: 'Runs there',
    width: '8rem',
    cell: ({ active: { target } }) => (
      <span className="text-ink-2">{target === null ? 'not there' : target ? 'on' : 'off'}</span>
    ),
  },
  {
    id: 'changed',
    header: 'Changed in n8n',
    align: 'end',
    cell: ({ n8nUpdatedAt }) =>
      n8nUpdatedAt ? <Time at={n8nUpdatedAt} /> : <span className="text-ink-3">unknown</span>,
  },
];

type DraftTableProps = { way: Way; ticked: ReadonlySet<string>; onTick(ticked: ReadonlySet<string>): void };

/** The workflows of a stage's source beside its target, as the inventory knows them. */
export function DraftTable({ way: { pipeline, stage }, ticked, onTick }: DraftTableProps) {
  const ids = { pipelineId: pipeline.id, stageId: stage.id };
  const [view, setView] = useState<View>(() => ({ search: '', differing: true, page: 1, pinned: pinnedOf(ticked) }));
  const { data, error, refetch, isPlaceholderData } = useStageComparison(ids, view);
  const { search, differing } = view;
  const narrow = (next: Partial<View>) => setView({ ...view, page: 1, ...next, pinned: pinnedOf(ticked) });
  const all = data && Object.values(data.counts).reduce((sum, count) => sum + count, 0);
  return (
    <Section title="Workflows" note={data && <Ages comparison={data} />}>
      <div className="flex flex-wrap items-center gap-3 py-3">
        <SearchField
          label="Name"
          value={search}
          onChange={(text) => narrow({ search: text })}
          className="w-60 max-md:w-full"
        />
        <Checkbox checked={differing} onChange={(event) => narrow({ differing: event.target.checked })}>
          Only what differs{data && all !== undefined && ` (${all - (data.counts.unchanged ?? 0)})`}
        </Checkbox>
      </div>
      <DataTable
        label="workflows to promote"
        columns={COLUMNS}
        rows={data?.items}
        refreshing={isPlaceholderData}
        rowId={({ workflowId }) => workflowId}
        rowName={({ name }) => name}
        selected={ticked}
        onSelectedChange={onTick}
        problem={error && toShownProblem(error)}
        onRetry={refetch}
        empty={
          <EmptyState
            title={all === 0 ? `Nothing in ${stage.source.name}` : 'Nothing to choose'}
            why={
              differing
                ? `${stage.target.name} has everything of ${stage.source.name} as it is there, or nothing is called that.`
                : 'No workflow is called that.'
            }
            next={
              <Button size="sm" onClick={() => narrow({ search: '', differing: false })}>
                Show all workflows
              </Button>
            }
          />
        }
      />
      {data && (
        <Pagination
          page={view.page}
          pageSize={PAGE_SIZE}
          total={data.total}
          noun="workflows"
          onPageChange={(page) => setView({ ...view, page })}
        />
      )}
    </Section>
  );
}

type View = { search: string; differing: boolean; page: number; pinned: string[] };

/** What is ticked when the list is narrowed stays in sight, as far as an address can name it. */
const pinnedOf = (ticked: ReadonlySet<string>): string[] => [...ticked].slice(0, MAX_IN_ADDRESS);

function Ages({ comparison: { asOf, source, target } }: { comparison: StageComparison }) {
  const sides = [
    [source.name, asOf.source],
    [target.name, asOf.target],
  ] as const;
  return (
    <span className="flex flex-wrap gap-x-3 text-12">
      {sides.map(([name, at]) => (
        <span key={name}>
          {name} {at ? <Time at={at} prefix="as of" /> : 'never read'}
        </span>
      ))}
    </span>
  );
}
