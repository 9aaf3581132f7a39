'use client';

import { useState } from 'react';
import type { DiffView } from '@/components/patterns/workflow-diff/workflow-diff';
import { WorkflowGraph } from '@/components/patterns/workflow-graph/workflow-graph';
import { CodeBlock } from '@/components/ui/code-block';
import { JsonView } from '@/components/ui/json-view';
import { onDemand } from '@/components/ui/on-demand';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { NEWER_WORKFLOW, SAMPLE_WORKFLOW } from './sample-workflow';

const WorkflowDiff = onDemand(
  () => import('@/components/patterns/workflow-diff/workflow-diff'),
  () => <SkeletonLines lines={14} label="the comparison" />,
);

const UNARRANGED = {
  ...SAMPLE_WORKFLOW,
  nodes: SAMPLE_WORKFLOW.nodes.map((node) => ({ ...node, position: [0, 0] })),
};

/** The heavy parts; each arrives when it is first shown. */
export function WorkflowParts() {
  const [selected, setSelected] = useState<string>();
  return (
    <>
      <Section title="Graph" note={selected}>
        <WorkflowGraph workflow={SAMPLE_WORKFLOW} selected={selected} onSelect={setSelected} />
      </Section>
      <Section title="Graph of a workflow that was never arranged">
        <WorkflowGraph workflow={UNARRANGED} />
      </Section>
      <Section title="Comparison">
        <Compared before={SAMPLE_WORKFLOW} after={NEWER_WORKFLOW} />
      </Section>
      <Section title="Comparison of equals, and with what is no workflow">
        <Compared before={SAMPLE_WORKFLOW} after={SAMPLE_WORKFLOW} />
        <Compared before={SAMPLE_WORKFLOW} after="not a workflow" />
      </Section>
      <Section title="JSON">
        <div className="pt-3">
          <JsonView value={SAMPLE_WORKFLOW} label="Refund guard" />
        </div>
      </Section>
      <Section title="Code">
        <div className="pt-3">
          <CodeBlock label="Code of a node" code={'for (const line of order.lines) {\n  total += line.price;\n}'} />
        </div>
      </Section>
    </>
  );
}

function Compared({ before, after }: { before: unknown; after: unknown }) {
  const [selected, setSelected] = useState<string | null>(null);
  const [view, setView] = useState<DiffView>('canvas');
  return (
    <div className="pt-3">
      <WorkflowDiff
        {...{ before, after, selected, view }}
        labels={{ before: 'Now', after: 'Afterwards' }}
        onSelect={setSelected}
        onViewChange={setView}
        next={null}
      />
    </div>
  );
}
