'use client';

import { useMemo } from 'react';
import WorkflowDiff from '@/components/patterns/workflow-diff/workflow-diff';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { useDiffState } from './use-diff-state';

const LABELS = { before: 'What runs', after: 'Draft' };

/** What publishing would put live: the version that runs against the draft. */
export default function WorkflowChangesTab({ workflow }: { workflow: WorkflowDetail }) {
  const { draft, published } = workflow;
  // Only the graph is versioned: settings, tags and test data apply to whatever runs.
  const running = useMemo(
    () => ({
      ...draft,
      nodes: published?.nodes ?? draft.nodes,
      connections: published?.connections ?? draft.connections,
      nodeGroups: published?.nodeGroups,
    }),
    [draft, published],
  );
  return (
    <WorkflowDiff
      before={running}
      after={draft}
      labels={LABELS}
      next={
        <a className="link" href={workflow.openUrl}>
          Open it in n8n
        </a>
      }
      {...useDiffState()}
    />
  );
}
