'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { EmptyState } from '@/components/patterns/empty-state';
import { ErrorState } from '@/components/patterns/error-state';
import WorkflowDiff from '@/components/patterns/workflow-diff/workflow-diff';
import { WorkflowGraph } from '@/components/patterns/workflow-graph/workflow-graph';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useDiffState } from '@/components/workflows/use-diff-state';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowComparison } from '@/lib/features/history/snapshots/schema';
import { comparedWorkflow } from './queries';
import { KIND_WORDS } from './snapshot-words';

type WorkflowAtMomentsProps = { from: string; to: string; which: { lineageId: string } | { n8nId: string } };

/** One workflow at two moments: drawn against each other, or alone where only one of them has it. */
export default function WorkflowAtMoments({ from, to, which }: WorkflowAtMomentsProps) {
  const { slug } = useTenant();
  const state = useDiffState();
  const { data, error, refetch } = useQuery(comparedWorkflow(slug, { from, to, ...which }));
  if (error) return <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />;
  if (!data) return <SkeletonLines lines={14} label="the comparison" />;
  const back = <ButtonLink href={`/t/${slug}/snapshots/compare?from=${from}&to=${to}`}>All that differs</ButtonLink>;
  return (
    <section aria-label={data.name} className="mt-3">
      <h2 className="mb-2 text-16 font-semibold">{data.name}</h2>
      {data.before && data.after ? (
        <WorkflowDiff before={data.before} after={data.after} labels={labelsOf(data)} next={back} {...state} />
      ) : (
        <Alone compared={data} next={back} />
      )}
    </section>
  );
}

function Alone({ compared: { before, after, name }, next }: { compared: WorkflowComparison; next: ReactNode }) {
  const only = after ?? before;
  const graph = useMemo(() => only && { nodes: only.nodes, connections: only.connections }, [only]);
  if (!graph)
    return <EmptyState title="It can’t be read" why={`Neither version of ${name} is a workflow.`} next={next} />;
  return (
    <>
      <Note>{after ? 'It was not there before.' : 'It is no longer there.'}</Note>
      <WorkflowGraph workflow={graph} />
    </>
  );
}

function labelsOf({ from, to }: WorkflowComparison) {
  const [before, after] = [from, to].map(({ environment, kind, commitSha }) => {
    const what = kind ? KIND_WORDS[kind] : commitSha ? 'approved' : 'as last read';
    return `${environment.name}, ${what}`;
  }) as [string, string];
  return before === after ? { before: `${before} (from)`, after: `${after} (to)` } : { before, after };
}
