'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, ArrowRight } from 'lucide-react';
import { parseAsString, useQueryState, useQueryStates } from 'nuqs';
import { EmptyState } from '@/components/patterns/empty-state';
import { ErrorState } from '@/components/patterns/error-state';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { onDemand } from '@/components/ui/on-demand';
import { SkeletonLines } from '@/components/ui/skeleton';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { workflow } from './queries';
import { useDiffState } from './use-diff-state';
import { WorkflowPicker } from './workflow-picker';

const WorkflowDiff = onDemand(
  () => import('@/components/patterns/workflow-diff/workflow-diff'),
  () => <SkeletonLines lines={14} label="the comparison" />,
);

/** Two workflows of any environments compared, draft with draft. Which two is in the URL. */
export function ComparePage() {
  const { slug } = useTenant();
  const [left, setLeft] = useQueryState('left', parseAsString.withDefault(''));
  const [right, setRight] = useQueryState('right', parseAsString.withDefault(''));
  const sides = [useSide(left), useSide(right)] as const;
  const [before, after] = [sides[0].data, sides[1].data];
  return (
    <Page
      crumbs={[{ label: 'Workflows', href: `/t/${slug}/workflows` }, { label: 'Compare' }]}
      tier={after?.environment.class}
    >
      <PageHead
        title="Compare"
        lede="What would change if the left one became the right one."
        actions={<SwapSides />}
      />
      <div className="my-4 grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-end gap-3 max-md:grid-cols-1">
        <WorkflowPicker label="Before" value={left} chosen={before} onChange={(id) => void setLeft(id)} />
        <Icon of={ArrowRight} className="mb-2 text-ink-3 max-md:rotate-90" />
        <WorkflowPicker label="After" value={right} chosen={after} onChange={(id) => void setRight(id)} />
      </div>
      <Compared sides={sides} />
    </Page>
  );
}

function useSide(id: string) {
  const { slug } = useTenant();
  return useQuery({ ...workflow(slug, id), enabled: id !== '' });
}

function SwapSides() {
  const [{ left, right }, set] = useQueryStates({ left: parseAsString, right: parseAsString });
  return (
    <Button
      why={left && right ? undefined : 'Choose both sides first.'}
      onClick={() => void set({ left: right, right: left })}
    >
      <Icon of={ArrowLeftRight} /> Swap sides
    </Button>
  );
}

function Compared({ sides: [left, right] }: { sides: readonly [Side, Side] }) {
  const { slug } = useTenant();
  const state = useDiffState();
  const failed = [left, right].find((side) => side.error);
  if (failed?.error) {
    return (
      <ErrorState problem={toShownProblem(failed.error)} unchanged="Nothing was changed." onRetry={failed.refetch} />
    );
  }
  if (left.isLoading || right.isLoading) return <SkeletonLines lines={14} label="the comparison" />;
  const list = <ButtonLink href={`/t/${slug}/workflows`}>Go to the workflows</ButtonLink>;
  if (!left.data || !right.data) {
    return <EmptyState title="Choose both sides" why="Two workflows, of one environment or of two." next={list} />;
  }
  return (
    <WorkflowDiff
      before={left.data.draft}
      after={right.data.draft}
      labels={labelsOf(left.data, right.data)}
      next={list}
      {...state}
    />
  );
}

type Side = ReturnType<typeof useSide>;

/** Sides go by their environment where that tells them apart, else by their name. */
function labelsOf(before: WorkflowDetail, after: WorkflowDetail) {
  if (before.environment.id !== after.environment.id) {
    return { before: before.environment.name, after: after.environment.name };
  }
  return before.name === after.name ? { before: 'Before', after: 'After' } : { before: before.name, after: after.name };
}
