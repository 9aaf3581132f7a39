import type { StageComparison } from '@/lib/features/delivery/promotions/schema';

export type DraftRow = StageComparison['workflows'][number];
export type DraftFilter = { search: string; differing: boolean };

/** What needs a decision first, then what is new or changed, then the rest. */
const ORDER: Record<DraftRow['change'], number> = {
  conflict: 0,
  target_hotfix: 1,
  modified: 2,
  added: 3,
  deleted: 4,
  unchanged: 5,
};

/** The rows to choose from; ticked ones stay, whatever the filter says. */
export function draftRows(
  workflows: readonly DraftRow[],
  ticked: ReadonlySet<string>,
  { search, differing }: DraftFilter,
): DraftRow[] {
  const wanted = search.trim().toLowerCase();
  return workflows
    .filter(
      ({ workflowId, name, change }) =>
        ticked.has(workflowId) || ((!differing || change !== 'unchanged') && name.toLowerCase().includes(wanted)),
    )
    .sort((a, b) => ORDER[a.change] - ORDER[b.change] || a.name.localeCompare(b.name));
}
