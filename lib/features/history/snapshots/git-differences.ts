import type { ApprovedProblem } from '@/lib/features/change/approved-state/model';
import {
  type ApprovedEntry,
  refreshApprovedIndex,
  type StoreContext,
} from '@/lib/features/change/approved-state/service';
import { type LinkedWorkflow, linkedWorkflows } from '@/lib/features/change/lineages/service';
import { sameSettings } from '@/lib/features/inventory/workflows/model';

/** A linked workflow that is not, as last seen, what git holds. */
export type GitDifference = {
  lineageId: string;
  workflowId: string | null;
  name: string;
  /** `approved_only`: git has it, the environment has not; `environment_only`: the reverse. */
  difference: 'modified' | 'approved_only' | 'environment_only';
};

export type GitState = {
  baseline: boolean;
  commitSha: string | null;
  workflowCount: number;
  /** What in the repository cannot be taken as approved. */
  problems: ApprovedProblem[];
  differences: GitDifference[];
};

/** Reads git anew, and says how the environment's inventory differs from it. */
export async function differencesFromGit(ctx: StoreContext, environmentId: string): Promise<GitState> {
  const index = await refreshApprovedIndex(ctx, environmentId);
  if (!index) return { baseline: false, commitSha: null, workflowCount: 0, problems: [], differences: [] };
  const linked = await ctx.tx((db) => linkedWorkflows(db, { environmentId }));
  return {
    baseline: true,
    commitSha: index.commitSha,
    workflowCount: index.entries.length,
    problems: index.problems,
    differences: compare(index.entries, linked),
  };
}

function compare(entries: readonly ApprovedEntry[], linked: readonly LinkedWorkflow[]): GitDifference[] {
  const there = new Map(
    linked.flatMap((one) => (one.presence === 'present' && !one.archived ? [[one.lineageId, one] as const] : [])),
  );
  const approved = new Set(entries.map(({ lineageId }) => lineageId));
  const missing = entries.flatMap(({ lineageId, name, ...entry }): GitDifference[] => {
    const now = there.get(lineageId);
    if (!now) return [{ lineageId, workflowId: null, name, difference: 'approved_only' }];
    const same =
      now.logicDigest === entry.logicDigest &&
      sameSettings(now, { ...entry, name, whole: true }) &&
      now.active === entry.active;
    return same ? [] : [{ lineageId, workflowId: now.workflowId, name, difference: 'modified' }];
  });
  const extra = [...there.values()].filter(({ lineageId }) => !approved.has(lineageId));
  return [
    ...missing,
    ...extra.map(
      ({ lineageId, workflowId, name }): GitDifference => ({
        lineageId,
        workflowId,
        name,
        difference: 'environment_only',
      }),
    ),
  ];
}
