import type { StatusKind } from '@/components/ui/glyph';
import type { ApprovalRequest, ApprovalStatus } from '@/lib/features/drift/drift-approvals/model';
import type { ApprovableAction } from '@/lib/features/drift/drift-policies/model';
import type { IncidentStatus, Outcome, Resolution } from '@/lib/features/drift/incidents/model';
import type { Incident } from '@/lib/features/drift/incidents/schema';

type Said = { kind: StatusKind; word: string };

/** Where an incident stands. */
export const STATUS_WORDS: Record<IncidentStatus, Said> = {
  detected: { kind: 'bad', word: 'Detected' },
  acknowledged: { kind: 'run', word: 'Acknowledged' },
  stabilized: { kind: 'hold', word: 'Stabilized' },
  reconciled: { kind: 'run', word: 'Resolved, to be checked' },
  closed: { kind: 'ok', word: 'Closed' },
};

/** How it ended. */
export const OUTCOME_WORDS: Record<Outcome, string> = {
  revert: 'reverted',
  keep: 'kept',
  replace: 'replaced',
  accept: 'accepted until a date',
  mixed: 'resolved in different ways',
  undone: 'went away by itself',
};

/** What each resolution does, before anybody presses it. */
export const RESOLUTION_WORDS: Record<Resolution, { verb: string; does: string; after: string }> = {
  revert: {
    verb: 'Revert',
    does: 'Put back what was approved. Written step by step, read back, and taken back again if it can’t be finished.',
    after: 'The approved version is back on the instance.',
  },
  keep: {
    verb: 'Keep',
    does: 'What stands on the instance becomes what is approved: a commit in git, nothing is written to the instance.',
    after: 'What stands there is what is approved now.',
  },
  accept: {
    verb: 'Accept until',
    does: 'Leave both as they are, with a reason and an end. It counts as drift again after that, or once it moves.',
    after: 'It may differ like this until then.',
  },
  replace: {
    verb: 'Replace',
    does: 'Write what git holds now, where the approved version was changed since. The edit on the instance goes.',
    after: 'The instance has what git holds.',
  },
};

/** How the workflows of an incident stand. */
export const AFFECTED_WORDS: Record<Incident['affectedWorkflows'][number]['status'], Said> = {
  open: { kind: 'bad', word: 'differs' },
  resolved: { kind: 'ok', word: 'resolved' },
  accepted: { kind: 'hold', word: 'accepted' },
  gone: { kind: 'ok', word: 'differs no more' },
};

export const RECONCILIATION_WORDS: Record<Incident['reconciliations'][number]['status'], Said> = {
  pending: { kind: 'run', word: 'Applying' },
  completed: { kind: 'ok', word: 'Done' },
  failed: { kind: 'bad', word: 'Failed, nothing of it stands' },
  needs_attention: { kind: 'bad', word: 'Needs attention' },
};

export const APPROVAL_WORDS: Record<ApprovalStatus, Said> = {
  pending: { kind: 'wait', word: 'Waits for a decision' },
  approved: { kind: 'ok', word: 'Approved' },
  rejected: { kind: 'bad', word: 'Rejected' },
  cancelled: { kind: 'wait', word: 'Withdrawn' },
  expired: { kind: 'wait', word: 'Ran out' },
  consumed: { kind: 'ok', word: 'Used' },
};

export const APPROVABLE_WORDS: Record<ApprovableAction, string> = {
  acknowledge: 'Acknowledge',
  extend: 'More time',
  resolve: 'Resolve',
};

export type Asked = { action: ApprovableAction; request: ApprovalRequest };

/** What exactly a second person is asked for, as one line. */
export function askedInWords({ action, request }: Asked): string {
  if (action === 'acknowledge') return 'Acknowledge it';
  if (action === 'extend') return `${request.hours} h more time`;
  const scope = request.workflowIds ? `, ${request.workflowIds.length} of its workflows` : '';
  const secrets = request.acceptSecrets ? ', secrets included' : '';
  return `${RESOLUTION_WORDS[request.resolution ?? 'revert'].verb}${scope}${secrets}`;
}
