import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { FINAL_STATUSES, RunProblem } from './schema';

/** How a run ended. */
export type RunOutcome = {
  status: (typeof FINAL_STATUSES)[number];
  problems: RunProblem[];
  workflows: WorkflowOutcome[];
};

export type WorkflowOutcome = {
  key: string;
  /** Null when it was to be made and is not there. */
  n8nId: string | null;
  name: string;
  /** As last read; null when it is not there. */
  remote: RemoteWorkflow | null;
  /** What was looked at and found right, in words. */
  verified: string[];
  /** What nobody can look at, in words. */
  unverified: string[];
};
