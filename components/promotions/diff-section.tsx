'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { parseAsString, useQueryState } from 'nuqs';
import { DiffMark } from '@/components/patterns/diff-mark';
import { ErrorState } from '@/components/patterns/error-state';
import { useTenant } from '@/components/shell/tenant';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { toShownProblem } from '@/lib/client/problem-error';
import type { ComparedWorkflow, Promotion } from '@/lib/features/delivery/promotions/schema';
import { CHANGE_WORDS, countOf, firstReason, riskOf } from './promotion-words';
import { promotionDiff } from './queries';

const PlannedDiff = dynamic(() => import('./planned-diff'), {
  ssr: false,
  loading: () => <SkeletonLines lines={16} label="the comparison" />,
});

/** What each workflow becomes in the target: chosen by name, pictured and said below. Which one is in the URL. */
export function DiffSection({ promotion }: { promotion: Promotion }) {
  const [chosen, choose] = useQueryState('workflow', parseAsString.withOptions({ history: 'push' }));
  const [, clearChange] = useQueryState('change', parseAsString);
  const differing = promotion.workflows.filter(({ change, isPlanned }) => isPlanned || change !== 'unchanged');
  const shown = differing.find(({ lineageId }) => lineageId === chosen) ?? differing[0];
  const open = (lineageId: string) => {
    void clearChange(null);
    void choose(lineageId);
  };
  return (
    <Section title={<span id="diff">Diff</span>} note={countOf(differing.length, 'workflow')}>
      {shown ? (
        <>
          <ul className="pt-1">
            {differing.map((workflow) => (
              <Line
                key={workflow.lineageId}
                workflow={workflow}
                current={workflow === shown}
                onOpen={() => open(workflow.lineageId)}
              />
            ))}
          </ul>
          <Sides key={shown.lineageId} promotion={promotion} workflow={shown} />
        </>
      ) : (
        <p className="py-3 text-ink-2">Nothing differs: {promotion.route.target.name} has all of it already.</p>
      )}
    </Section>
  );
}

type LineProps = { workflow: ComparedWorkflow; current: boolean; onOpen(): void };

function Line({ workflow, current, onOpen }: LineProps) {
  const { mark, word } = CHANGE_WORDS[workflow.change];
  return (
    <li className="border-b border-line">
      <button
        type="button"
        aria-current={current ? 'true' : undefined}
        onClick={onOpen}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 rounded-2 px-2 py-1.5 text-left -outline-offset-2 hover:bg-surface-2 aria-[current]:bg-accent-soft"
      >
        <DiffMark kind={mark} />
        <b className="font-medium">{workflow.name}</b>
        <span className="text-ink-2">{workflow.isPlanned ? word : `${word}, stays as it is`}</span>
        <span className="min-w-0 flex-1 truncate text-12 text-ink-2">{firstReason(workflow)}</span>
        {workflow.isPlanned && <Status {...riskOf(workflow.risk.level)} />}
      </button>
    </li>
  );
}

function Sides({ promotion, workflow }: { promotion: Promotion; workflow: ComparedWorkflow }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useQuery(promotionDiff(slug, promotion.id, workflow.lineageId));
  if (error) return <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />;
  return (
    <div className="min-h-136 pt-3">
      <h3 className="sr-only">{workflow.name}</h3>
      {data ? (
        <PlannedDiff diff={data} route={promotion.route} />
      ) : (
        <SkeletonLines lines={16} label={`what changes in ${workflow.name}`} />
      )}
    </div>
  );
}
