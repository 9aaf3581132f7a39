import type { BindingKind } from '@/lib/features/change/bindings/requirement';
import { OPEN_STATUSES } from '../pipelines/model';

/** Until a promotion runs it is its own; from then on it mirrors its deployment. */
export const PROMOTION_STATUSES = [
  'pending',
  'pending_approval',
  'approved',
  'rejected',
  'cancelled',
  'expired',
  'scheduled',
  'running',
  'verifying',
  'compensating',
  'completed',
  'failed',
  'rolled_back',
  'needs_attention',
] as const;
export type PromotionStatus = (typeof PROMOTION_STATUSES)[number];

/** Its plan may still be made anew, and it may be cancelled. */
export const WAITING_STATUSES = ['pending', 'pending_approval', 'approved', 'scheduled'] as const;
export const isWaiting = (status: PromotionStatus): boolean =>
  (WAITING_STATUSES as readonly PromotionStatus[]).includes(status);
export const isOpen = (status: PromotionStatus): boolean =>
  (OPEN_STATUSES as readonly PromotionStatus[]).includes(status);

/** How a workflow stands between its source, its target and its last release. */
export const CHANGES = ['added', 'modified', 'deleted', 'unchanged', 'target_hotfix', 'conflict'] as const;
export type ReleaseChange = (typeof CHANGES)[number];
/** Changes that would take something from the target that nobody promoted: a person must say what is to happen. */
export const needsChoice = (change: ReleaseChange): boolean => change === 'target_hotfix' || change === 'conflict';

export const SEVERITIES = ['blocking', 'warning'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One line of the readiness board. */
export type Problem = {
  code: string;
  severity: Severity;
  /** The workflow's id in the source; null where the promotion as a whole is meant. */
  workflowId: string | null;
  lineageId: string | null;
  name: string | null;
  detail: string;
  remedy: string;
  /** Set where a binding in the target would help. */
  binding?: { kind: BindingKind; requirement: string; candidates: { n8nId: string; name: string }[] };
};

type Standing = {
  problems: readonly Pick<Problem, 'severity'>[];
  requireApproval: boolean;
  /** Somebody approved exactly this plan. */
  isApproved: boolean;
  scheduledAt: Date | null;
};

/** Where a promotion stands with the plan it has. */
export function statusOf({ problems, requireApproval, isApproved, scheduledAt }: Standing): PromotionStatus {
  if (problems.some(({ severity }) => severity === 'blocking')) return 'pending';
  if (requireApproval && !isApproved) return 'pending_approval';
  return scheduledAt ? 'scheduled' : 'approved';
}

type Decider = {
  /** Admins, and the approvers whom the stage names. */
  mayDecide: boolean;
  /** The person asking is the one who initiated it, a key counted as who made it. */
  isInitiator: boolean;
  /** They chose what its plan does. */
  isShaper: boolean;
  isOnlyMember: boolean;
  allowSelfApproval: boolean;
};

/** Why somebody may not approve or reject; null when they may. Nobody decides what they asked for or chose themselves. */
export function refusalToDecide(decider: Decider): string | null {
  const { mayDecide, isInitiator, isShaper, isOnlyMember, allowSelfApproval } = decider;
  if (!mayDecide) return 'Only an admin or an approver of this stage may decide.';
  if (!(isInitiator || isShaper) || (allowSelfApproval && isOnlyMember)) return null;
  if (!isInitiator) return 'You chose what this plan does; somebody else approves it.';
  return isOnlyMember
    ? 'This stage does not allow you to approve your own promotion, although you are alone here.'
    : 'Nobody approves their own promotion; ask somebody else.';
}

/** What goes to production without anybody's approval is started by an admin. */
export const needsAdmin = (stage: { requireApproval: boolean; target: { class: string } }): boolean =>
  !stage.requireApproval && stage.target.class === 'production';

/** How long a plan that nobody carries out stays valid. */
export const VALID_DAYS = 7;

/** Past its grace a scheduled promotion is not started any more. */
export function expiryOf({
  now,
  scheduledAt,
  graceSeconds,
}: {
  now: Date;
  scheduledAt: Date | null;
  graceSeconds: number;
}) {
  if (scheduledAt) return new Date(scheduledAt.getTime() + graceSeconds * 1000);
  return new Date(now.getTime() + VALID_DAYS * 24 * 3_600_000);
}
