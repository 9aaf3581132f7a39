'use client';

import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { isNote, type Workflow } from '@/lib/workflow/model';
import { Note } from '../../ui/note';
import { EmptyState } from '../empty-state';
import { ChangeDetail } from './change-detail';
import { ChangeList } from './change-list';
import { type Comparison, compareWorkflows, type ListedChange } from './compare-workflows';
import { DiffBar, type DiffCounts } from './diff-bar';
import MergedCanvas from './merged-canvas';
import { type MergedGraph, mergeGraphs } from './merged-graph';
import { WholeJson } from './whole-json';

/** Pictured, or both documents line by line. */
export type DiffView = 'canvas' | 'json';

/** What is compared, and what of it the page keeps in its URL. */
export type WorkflowDiffProps = {
  /** As n8n stores them; keep the objects stable. */
  before: unknown;
  after: unknown;
  /** How the two sides are called in a table's head: "Production", "Draft". */
  labels: { before: string; after: string };
  /** Id of the chosen change; the page keeps it in the URL. Without one, the first is chosen. */
  selected: string | null;
  onSelect(id: string): void;
  view: DiffView;
  onViewChange(view: DiffView): void;
  /** What to do when there is no difference. */
  next: ReactNode;
};

/** Two workflows compared: a sentence per change, one merged canvas, and the exact values of the chosen change. */
export default function WorkflowDiff({ before, after, next, ...rest }: WorkflowDiffProps) {
  const result = useMemo(() => compareWorkflows(before, after), [before, after]);
  if ('side' in result) {
    return (
      <Note tone="unknown">
        {rest.labels[result.side]} can’t be compared: {result.message}
      </Note>
    );
  }
  if (result.groups.length === 0) {
    return (
      <EmptyState
        title="No difference"
        why={`${rest.labels.before} and ${rest.labels.after} are the same, down to the place of every node.`}
        next={next}
      />
    );
  }
  return <Changes comparison={result} {...rest} />;
}

type ChangesProps = Omit<WorkflowDiffProps, 'before' | 'after' | 'next'> & { comparison: Comparison };

function Changes({ comparison, labels, selected, onSelect, view, onViewChange }: ChangesProps) {
  const merged = useMemo(() => mergeGraphs(comparison), [comparison]);
  const counts = useMemo(() => countNodes(comparison, merged), [comparison, merged]);
  const { shown, chosen, unfolded, setUnfolded } = useWalk(comparison, selected);
  const at = shown.findIndex(({ id }) => id === chosen?.id);
  const step = useCallback(
    (by: number) => {
      const target = shown[(at + by + shown.length) % shown.length];
      if (target) onSelect(target.id);
    },
    [shown, at, onSelect],
  );
  return (
    <div className="@container min-w-0">
      <DiffBar {...{ counts, view, onViewChange, at, step }} total={shown.length} />
      {view === 'json' ? (
        <WholeJson before={comparison.before} after={comparison.after} />
      ) : (
        <div className="grid grid-cols-[21rem_minmax(0,1fr)] @max-2xl:grid-cols-1">
          <ChangeList
            groups={comparison.groups}
            selected={chosen?.id}
            {...{ onSelect, unfolded }}
            onUnfold={setUnfolded}
          />
          <div className="min-w-0 @2xl:pl-4">
            <div className="h-104 border-b border-line @max-2xl:h-80 @2xl:-ml-4">
              <MergedCanvas
                label={describe(comparison.after, counts)}
                {...{ merged, onSelect }}
                selected={chosen?.id}
              />
            </div>
            {chosen && <ChangeDetail key={chosen.id} listed={chosen} {...{ comparison, labels }} />}
          </div>
        </div>
      )}
    </div>
  );
}

/** What one walks through: the listed changes, cosmetic ones only when unfolded, chosen, or all there is. */
function useWalk({ groups }: Comparison, selected: string | null) {
  const [opened, setUnfolded] = useState<boolean>();
  const isCosmetic = groups.some(
    (group) => group.class === 'cosmetic' && group.changes.some(({ id }) => id === selected),
  );
  const unfolded = opened ?? (isCosmetic || groups.every((group) => group.class === 'cosmetic'));
  const shown = useMemo(
    () => groups.filter((group) => unfolded || group.class !== 'cosmetic').flatMap((group) => group.changes),
    [groups, unfolded],
  );
  const chosen: ListedChange | undefined = shown.find(({ id }) => id === selected) ?? shown[0];
  return { shown, chosen, unfolded, setUnfolded };
}

function countNodes({ groups }: Comparison, { graph, nodeKinds }: MergedGraph): DiffCounts {
  const counts = { add: 0, change: 0, remove: 0, same: 0 };
  for (const node of graph.nodes) if (!isNote(node)) counts[nodeKinds.get(node.key) ?? 'same'] += 1;
  return { ...counts, changes: groups.reduce((sum, group) => sum + group.changes.length, 0) };
}

function describe({ name }: Workflow, { add, change, remove, same }: DiffCounts): string {
  return `Merged canvas of ${name}: ${add} nodes added, ${change} changed, ${remove} removed, ${same} unchanged. The list of changes says the same.`;
}
