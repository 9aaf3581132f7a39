'use client';

import { useMemo, useState } from 'react';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { Note } from '../../ui/note';
import { onDemand } from '../../ui/on-demand';
import { Segmented } from '../../ui/segmented';
import { CanvasSkeleton } from './canvas-skeleton';
import WorkflowOutline from './workflow-outline';

const WorkflowCanvas = onDemand(() => import('./workflow-canvas'), CanvasSkeleton);

const VIEWS = [
  { value: 'canvas', label: 'Canvas' },
  { value: 'list', label: 'List' },
] as const;

type WorkflowGraphProps = {
  /** As n8n stores it; more fields do no harm. Keep the object stable. */
  workflow: { nodes: unknown; connections: unknown };
  /** Name of the chosen node; the page keeps it (in the URL) and shows its parameters. */
  selected?: string;
  onSelect?: (name: string) => void;
};

/** A workflow to look at: as n8n's canvas, or as a list of the same facts. */
export function WorkflowGraph({ workflow, selected, onSelect }: WorkflowGraphProps) {
  const [view, setView] = useState<(typeof VIEWS)[number]['value']>('canvas');
  const read = useMemo(() => readWorkflow(workflow), [workflow]);
  if (!read.workflow) {
    return <Note tone="unknown">This can’t be drawn: {read.problems[0]?.message ?? 'it is not a workflow'}.</Note>;
  }
  const repaired = read.problems.filter((problem) => problem.severity === 'repaired');
  return (
    <div>
      <div className="flex flex-wrap items-center gap-3 py-3">
        <Segmented label="How to show the workflow" value={view} options={VIEWS} onChange={setView} />
        {repaired.length > 0 && <Note tone="warn">{repaired.length} places could not be read as they are stored.</Note>}
      </div>
      {view === 'canvas' ? (
        <div className="h-120 max-h-[80vh] border-y border-line">
          <WorkflowCanvas graph={read.workflow} {...{ selected, onSelect }} />
        </div>
      ) : (
        <WorkflowOutline graph={read.workflow} {...{ selected, onSelect }} />
      )}
    </div>
  );
}
