import type { ChangeClass } from '@/lib/workflow/diff/change';
import type { DiffKind } from '../diff-mark';

/** How each class of changes is headed. */
export const CLASS_WORDS: Record<ChangeClass, string> = {
  exposure: 'Trigger and exposure',
  schedule: 'Schedule',
  behaviour: 'Behaviour',
  wiring: 'Wiring',
  credential: 'Credential',
  settings: 'Settings',
  'test-data': 'Test data',
  cosmetic: 'Cosmetic',
};

/** + ~ − as strokes around the middle of a mark, so that they stay sharp at every zoom. */
export const STROKES: Record<Exclude<DiffKind, 'same'>, string> = {
  add: 'M-4 0h8M0-4v8',
  change: 'M-4 .8c1.2-2.6 2.600-2.6 4-.8s2.8 1.8 4-.8',
  remove: 'M-4 0h8',
};

/** What each kind is called; also beside its mark in the legend. */
export const KIND_WORDS: Record<DiffKind, string> = {
  add: 'added',
  change: 'changed',
  remove: 'removed',
  same: 'unchanged',
};
