'use client';

import { useMemo } from 'react';
import WorkflowDiff from '@/components/patterns/workflow-diff/workflow-diff';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { runningDocument } from './running-document';
import { useDiffState } from './use-diff-state';

const LABELS = { before: 'What runs', after: 'Draft' };

/** What publishing would put live: the version that runs against the draft. */
export default function WorkflowChangesTab({ workflow }: { workflow: WorkflowDetail }) {
  const running = useMemo(() => runningDocument(workflow), [workflow]);
  return (
    <WorkflowDiff
      before={running}
      after={workflow.draft}
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
