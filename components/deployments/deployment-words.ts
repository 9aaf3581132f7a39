import { RUN_WORDS } from '@/components/journal/run-words';
import type { DiffKind } from '@/components/patterns/diff-mark';
import type { StatusKind } from '@/components/ui/glyph';
import type { Run } from '@/lib/features/change/journal/schema';
import type { DeploymentStatus, WorkflowChange, WorkflowStatus } from '@/lib/features/delivery/deployments/model';
import type { Deployment } from '@/lib/features/delivery/deployments/schema';

type Said = { kind: StatusKind; word: string };

/** Where a deployment stands. */
export const DEPLOYMENT_WORDS: Record<DeploymentStatus, Said> = {
  ...RUN_WORDS,
  planned: { kind: 'wait', word: 'Planned, not run' },
};

export const CHANGE_MARK: Record<WorkflowChange, DiffKind> = { created: 'add', updated: 'change', archived: 'remove' };

/** How one workflow came out of it. */
export const RESULT_WORDS: Record<WorkflowStatus, Said> = {
  pending: { kind: 'wait', word: 'not yet' },
  succeeded: { kind: 'ok', word: 'as planned' },
  untouched: { kind: 'wait', word: 'not touched' },
  undone: { kind: 'hold', word: 'taken back' },
  needs_attention: { kind: 'bad', word: 'needs attention' },
};

/** A deployment as the journal shows any run. */
export function runOf({ id, status, problems, stopAsked, steps, targetEnvironmentId, ...times }: Deployment): Run {
  return {
    ...{ id, planId: '', environmentId: targetEnvironmentId, problems, stopAsked, steps },
    status: status === 'planned' ? 'pending' : status,
    createdAt: times.createdAt,
    startedAt: times.startedAt,
    finishedAt: times.finishedAt,
  };
}
