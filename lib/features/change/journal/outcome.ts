import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { FINAL_STATUSES, RunProblem } from './schema';

/** How a run ended. */
export type RunOutcome = {
  status: (typeof FINAL_STATUSES)[number];
  problems: RunProblem[];
  workflows: WorkflowOutcome[];
};

/**
 * What a run left of a workflow: nothing was written, everything stands as written (or stood so already), it was taken
 * back, or it could not be.
 */
export type WorkflowResult = 'untouched' | 'written' | 'undone' | 'left';

export type WorkflowOutcome = {
  key: string;
  result: WorkflowResult;
  /** Null when it was to be made and is not there. */
  n8nId: string | null;
  name: string;
  /** As last read; null when it is not there, or was not read. */
  remote: RemoteWorkflow | null;
  /** What was looked at and found right, in words. */
  verified: string[];
  /** What nobody can look at, in words. */
  unverified: string[];
};
