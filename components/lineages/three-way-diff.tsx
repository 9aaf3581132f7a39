'use client';

import { useMemo } from 'react';
import WorkflowDiff from '@/components/patterns/workflow-diff/workflow-diff';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import { runningDocument, withState } from '@/components/workflows/running-document';
import { useDiffState } from '@/components/workflows/use-diff-state';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { mergeWorkflows } from '@/lib/workflow/merge/merge-workflows';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import type { View } from './choose-sides';

type ThreeWayDiffProps = {
  view: View;
  source: WorkflowDetail | undefined;
  target: WorkflowDetail;
  /** What is approved in the target, in n8n's shape: where both began. */
  approved: unknown;
};

/** Two of three versions drawn, and what both sides changed since they were the same. */
export default function ThreeWayDiff({ view, source, target, approved }: ThreeWayDiffProps) {
  const { slug } = useTenant();
  const now = useMemo(() => ({ source: source && versionOf(source), target: versionOf(target) }), [source, target]);
  const base = `Approved in ${target.environment.name}`;
  const pairs = {
    incoming: [now.target, now.source, target.environment.name, source?.environment.name],
    source: [approved, now.source, base, source?.environment.name],
    target: [approved, now.target, base, target.environment.name],
  } as const;
  const [before, after, beforeLabel, afterLabel] = pairs[view];
  return (
    <>
      {Boolean(approved) && now.source && <Contested base={approved} ours={now.target} theirs={now.source} />}
      <WorkflowDiff
        before={before}
        after={after}
        labels={{ before: beforeLabel ?? '', after: afterLabel ?? '' }}
        next={<ButtonLink href={`/t/${slug}/matrix`}>Back to the matrix</ButtonLink>}
        {...useDiffState()}
      />
    </>
  );
}

/** In dev what is being worked on, elsewhere what runs. */
const versionOf = (workflow: WorkflowDetail) =>
  withState(workflow.environment.class === 'dev' ? workflow.draft : runningDocument(workflow), workflow);

/** What a promotion would have to decide: changed on both sides, each its own way. */
function Contested({ base, ours, theirs }: { base: unknown; ours: unknown; theirs: unknown }) {
  const names = useMemo(() => {
    const [a, b, c] = [base, ours, theirs].map((version) => readWorkflow(version).workflow);
    if (!a || !b || !c) return [];
    return mergeWorkflows(a, b, c).conflicts.map((one) => (one.subject === 'node' ? one.name : one.path.join('.')));
  }, [base, ours, theirs]);
  if (names.length === 0) return null;
  return (
    <div className="mb-3">
      <Note tone="warn">
        Changed on both sides, each its own way: <b>{names.slice(0, 8).join(', ')}</b>
        {names.length > 8 && ` and ${names.length - 8} more`}. Promoting would take away what was edited there.
      </Note>
    </div>
  );
}
