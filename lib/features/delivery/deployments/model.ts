import type { WorkflowResult } from '@/lib/features/change/journal/outcome';

/** `planned`: a rollback that is shown and not yet asked for. */
export const DEPLOYMENT_STATUSES = [
  'planned',
  'pending',
  'running',
  'verifying',
  'compensating',
  'completed',
  'failed',
  'rolled_back',
  'needs_attention',
] as const;
export type DeploymentStatus = (typeof DEPLOYMENT_STATUSES)[number];
export const DEPLOYMENT_KINDS = ['promotion', 'rollback'] as const;

/** It writes, or is about to. */
export const ACTIVE_STATUSES = ['pending', 'running', 'verifying', 'compensating'] as const;
export const isActive = (status: DeploymentStatus): boolean =>
  (ACTIVE_STATUSES as readonly DeploymentStatus[]).includes(status);

/** Its writes have ended and its record has not: the approved state is yet to be kept, which is tried until it is. */
export const NOT_RECORDED = 'Its writes are over, and what came of them is being recorded.';

/** Whether something of it may stand in the target that can be taken back. */
export const canRollBack = (status: DeploymentStatus): boolean =>
  status === 'completed' || status === 'needs_attention';

export const WORKFLOW_CHANGES = ['created', 'updated', 'archived'] as const;
export type WorkflowChange = (typeof WORKFLOW_CHANGES)[number];
export const WORKFLOW_STATUSES = ['pending', 'succeeded', 'untouched', 'undone', 'needs_attention'] as const;
export type WorkflowStatus = (typeof WORKFLOW_STATUSES)[number];

export const changeOf = ({ expected, desired }: { expected: unknown; desired: unknown }): WorkflowChange =>
  desired === null ? 'archived' : expected === null ? 'created' : 'updated';

const STATUS_OF: Record<WorkflowResult, WorkflowStatus> = {
  untouched: 'untouched',
  written: 'succeeded',
  undone: 'undone',
  left: 'needs_attention',
};

/** How one workflow came out of a run that ended so; `hasProblem`: something was met at this very workflow. */
export function workflowStatus(run: string, result: WorkflowResult, hasProblem: boolean): WorkflowStatus {
  if (run === 'completed') return 'succeeded';
  return run === 'needs_attention' && hasProblem ? 'needs_attention' : STATUS_OF[result];
}
