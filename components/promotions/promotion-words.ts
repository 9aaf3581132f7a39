import type { DiffKind } from '@/components/patterns/diff-mark';
import type { StatusKind } from '@/components/ui/glyph';
import type { PromotionStatus, ReleaseChange } from '@/lib/features/delivery/promotions/model';
import type { ComparedWorkflow } from '@/lib/features/delivery/promotions/schema';

type Said = { kind: StatusKind; word: string };

/** Where a promotion stands. */
export const PROMOTION_WORDS: Record<PromotionStatus, Said> = {
  pending: { kind: 'warn', word: 'Something is missing' },
  pending_approval: { kind: 'wait', word: 'Waits for approval' },
  approved: { kind: 'ok', word: 'Ready to run' },
  rejected: { kind: 'bad', word: 'Rejected' },
  cancelled: { kind: 'wait', word: 'Cancelled' },
  expired: { kind: 'wait', word: 'Expired' },
  scheduled: { kind: 'wait', word: 'Scheduled' },
  running: { kind: 'run', word: 'Applying' },
  verifying: { kind: 'run', word: 'Verifying' },
  compensating: { kind: 'run', word: 'Taking back' },
  completed: { kind: 'ok', word: 'Verified' },
  failed: { kind: 'bad', word: 'Failed, nothing written' },
  rolled_back: { kind: 'hold', word: 'Taken back' },
  needs_attention: { kind: 'bad', word: 'Needs attention' },
};

/** How a workflow stands between its source, its target and the last release. */
export const CHANGE_WORDS: Record<ReleaseChange, { mark: DiffKind; word: string }> = {
  added: { mark: 'add', word: 'new' },
  modified: { mark: 'change', word: 'changed' },
  deleted: { mark: 'remove', word: 'archived' },
  unchanged: { mark: 'same', word: 'equal' },
  target_hotfix: { mark: 'change', word: 'edited in the target' },
  conflict: { mark: 'change', word: 'edited on both sides' },
};

/** How much could go wrong. */
export const RISK_WORDS: Record<string, Said> = {
  none: { kind: 'ok', word: 'no risk' },
  low: { kind: 'ok', word: 'low' },
  medium: { kind: 'warn', word: 'medium' },
  high: { kind: 'bad', word: 'high' },
  critical: { kind: 'bad', word: 'critical' },
};
export const riskOf = (level: string): Said => RISK_WORDS[level] ?? { kind: 'unknown', word: 'not judged' };

/** The gravest reason first said: what one should know about a workflow in a line. */
export const firstReason = ({ risk }: Pick<ComparedWorkflow, 'risk'>): string | undefined =>
  risk.reasons.find(({ level }) => level === risk.level)?.message ?? risk.reasons[0]?.message;

export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
