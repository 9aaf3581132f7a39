import type { StatusKind } from '@/components/ui/glyph';
import type { CheckStatus, CheckTrigger, Expected } from '@/lib/features/drift/drift-detection/model';
import type { WorkflowDrift } from '@/lib/features/drift/drift-detection/schema';
import type { Severity } from '@/lib/features/drift/drift-policies/model';
import type { DriftClass } from '@/lib/features/drift/incidents/model';

export type Said = { kind: StatusKind; word: string };

/** How a workflow differs, in two or three words. */
export const CLASS_WORDS: Record<DriftClass, string> = {
  deleted: 'deleted',
  unmanaged: 'never approved',
  edited: 'edited',
  credential_rebound: 'other credential',
  published_without_promotion: 'published without a promotion',
  deactivated: 'switched off',
  activated: 'switched on',
  settings: 'other settings',
  tags: 'other tags',
};

/** Differences that a picture of both versions shows; the others are only said. */
const DRAWN: readonly DriftClass[] = ['edited', 'credential_rebound', 'published_without_promotion', 'settings'];
export const isDrawn = (classes: readonly DriftClass[]): boolean => classes.some((one) => DRAWN.includes(one));
/** Whether the picture leaves something out, which has to be said beside it. */
export const isMoreThanDrawn = (classes: readonly DriftClass[]): boolean => classes.some((one) => !DRAWN.includes(one));

export const SEVERITY_WORDS: Record<Severity, Said> = {
  critical: { kind: 'bad', word: 'critical' },
  high: { kind: 'bad', word: 'high' },
  medium: { kind: 'warn', word: 'medium' },
  low: { kind: 'wait', word: 'low' },
};

/** What a check said. One that failed said nothing. */
export const CHECK_WORDS: Record<CheckStatus, Said> = {
  clean: { kind: 'ok', word: 'In sync' },
  drifted: { kind: 'bad', word: 'Drifted' },
  no_baseline: { kind: 'unknown', word: 'No baseline' },
  failed: { kind: 'unknown', word: 'Failed, says nothing' },
};

export const TRIGGER_WORDS: Record<CheckTrigger, string> = {
  schedule: 'by schedule',
  request: 'asked for',
  resolution: 'after a resolution',
};

/** How one workflow stands. Green is only what was looked at and found equal. */
export const WORKFLOW_DRIFT_WORDS: Record<WorkflowDrift['status'], Said & { says: string }> = {
  in_sync: { kind: 'ok', word: 'In sync', says: 'It is what was approved.' },
  drifted: { kind: 'bad', word: 'Drifted', says: 'It is not what was approved.' },
  expected: { kind: 'hold', word: 'Differs as declared', says: 'It differs, and somebody answers for it.' },
  unmanaged: { kind: 'unknown', word: 'Never approved', says: 'Nothing is approved for this workflow.' },
  no_baseline: {
    kind: 'unknown',
    word: 'No baseline',
    says: 'Nothing is approved for its environment yet, so nothing can be compared.',
  },
  unknown: { kind: 'unknown', word: 'Unknown', says: 'It was never checked.' },
  not_tracked: { kind: 'wait', word: 'Not tracked', says: 'Dev is where changes begin: it is not compared.' },
};

/** Who answers for a difference that is no drift. */
export const EXPECTED_WORDS: Record<Expected['by'], string> = {
  binding: 'declared by a binding',
  action: 'changed through n8n Ops',
  accepted: 'accepted',
};

/** What a check counted, as one line: the gravest figure first, nothing that is zero. */
export function countsInWords(counts: {
  comparedCount: number;
  driftedCount: number;
  expectedCount: number;
  unmanagedCount: number;
}): string {
  const { comparedCount, driftedCount, expectedCount, unmanagedCount } = counts;
  const parts = [
    [driftedCount, 'drifted'],
    [expectedCount, 'differ as declared'],
    [unmanagedCount, 'never approved'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [`${comparedCount} compared`, ...said].join(' · ');
}

/** A number of milliseconds is shown as a span elsewhere; a number of hours in days where that is whole. */
export function hoursInWords(hours: number): string {
  if (hours >= 48 && hours % 24 === 0) return `${hours / 24} days`;
  return hours === 1 ? '1 hour' : `${hours} hours`;
}
