'use client';

import { useMemo } from 'react';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { EmptyState } from '@/components/patterns/empty-state';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';
import type { PromotionProblem } from './missing';
import { ProblemRemedy } from './problem-remedy';

const columnsFor = (promotion: Promotion): DataColumn<PromotionProblem>[] => [
  {
    id: 'state',
    header: 'State',
    width: '8rem',
    cell: ({ severity, code }) =>
      severity === 'blocking' ? (
        <Status kind="bad" word="missing" />
      ) : code === 'dynamic_reference' ? (
        <Status kind="unknown" word="unknown" />
      ) : (
        <Status kind="warn" word="to know" />
      ),
  },
  {
    id: 'what',
    header: 'What',
    phone: 'title',
    rowHeader: true,
    cell: ({ detail }) => <span className="font-normal whitespace-normal">{detail}</span>,
  },
  {
    id: 'for',
    header: 'For',
    width: '11rem',
    cell: ({ name }) => <span className="whitespace-normal text-ink-2">{name ?? 'the promotion'}</span>,
  },
  {
    id: 'remedy',
    header: 'Remedy',
    cell: (problem) => (
      <span className="flex flex-wrap items-center gap-2 py-1">
        <ProblemRemedy promotion={promotion} problem={problem} />
        <span className="text-12 whitespace-normal text-ink-2">{problem.remedy}</span>
      </span>
    ),
  },
];

/** Everything the target has to have, checked against what it answers: what is missing first, then what to know. */
export function ReadinessSection({ promotion }: { promotion: Promotion }) {
  const { problems, blockingCount, plan, route } = promotion;
  const columns = useMemo(() => columnsFor(promotion), [promotion]);
  const rows = problems.toSorted((a, b) => Number(b.severity === 'blocking') - Number(a.severity === 'blocking'));
  return (
    <Section
      title={<span id="readiness">Readiness</span>}
      note={plan && <Time at={plan.madeAt} prefix={`checked in ${route.target.name}`} />}
      actions={
        <>
          {blockingCount > 0 && <Status kind="bad" word={`${blockingCount} missing`} />}
          {problems.length > blockingCount && (
            <Status kind="warn" word={`${problems.length - blockingCount} to know`} />
          )}
        </>
      }
    >
      {rows.length === 0 ? (
        <EmptyState
          title="Nothing is missing"
          why={`${route.target.name} has every credential, workflow and node that is needed, as far as its API tells.`}
          next={null}
        />
      ) : (
        <DataTable
          label="readiness"
          columns={columns}
          rows={rows}
          rowId={({ code, lineageId, detail }) => `${code} ${lineageId} ${detail}`}
          rowName={({ detail }) => detail}
          lines={2}
          empty={null}
        />
      )}
    </Section>
  );
}
