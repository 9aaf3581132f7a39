'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { workflowDrift } from '@/components/lineages/queries';
import { EmptyState } from '@/components/patterns/empty-state';
import { ErrorState } from '@/components/patterns/error-state';
import WorkflowDiff from '@/components/patterns/workflow-diff/workflow-diff';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { useWorkflow } from '@/components/workflows/queries';
import { runningDocument, withState } from '@/components/workflows/running-document';
import { useDiffState } from '@/components/workflows/use-diff-state';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowDrift } from '@/lib/features/drift/drift-detection/schema';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';

/** What is approved of a workflow against what stands on the instance, drawn; or why there is nothing to draw. */
export default function DriftedPicture({ workflowId }: { workflowId: string }) {
  const workflow = useWorkflow(workflowId);
  const drift = useQuery(workflowDrift(useTenant().slug, workflowId));
  const failed = [workflow, drift].find(({ error }) => error);
  if (failed?.error) {
    return (
      <ErrorState
        problem={toShownProblem(failed.error)}
        unchanged="Nothing was changed."
        onRetry={() => void failed.refetch()}
      />
    );
  }
  if (!workflow.data || !drift.data) return <SkeletonLines lines={24} label="what differs" />;
  return <Drawn workflow={workflow.data} drift={drift.data} />;
}

function Drawn({ workflow, drift }: { workflow: WorkflowDetail; drift: WorkflowDrift }) {
  const { slug } = useTenant();
  const state = useDiffState();
  const onlyRuns = drift.difference?.driftClass === 'published_without_promotion';
  const there = useMemo(
    () => withState(onlyRuns ? runningDocument(workflow) : workflow.draft, workflow),
    [onlyRuns, workflow],
  );
  const next = (
    <ButtonLink href={`/t/${slug}/environments/${workflow.environment.id}/drift`}>All that differs</ButtonLink>
  );
  if (!drift.approvedDocument) {
    return (
      <EmptyState
        title="Nothing is approved for it"
        why="There is no approved version to draw it against. Adopt it, or promote to it."
        next={next}
      />
    );
  }
  return (
    <>
      {workflow.presence === 'missing' && (
        <div className="mb-3">
          <Note tone="bad">
            It is gone from the instance. Drawn is what was seen of it last, <Time at={workflow.seenAt} />.
          </Note>
        </div>
      )}
      <WorkflowDiff
        before={drift.approvedDocument}
        after={there}
        labels={{ before: 'Approved', after: workflow.environment.name }}
        next={next}
        {...state}
      />
    </>
  );
}
