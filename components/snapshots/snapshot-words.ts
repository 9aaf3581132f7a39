import type { SnapshotKind, SnapshotPart } from '@/lib/features/history/snapshots/model';

/** Why a moment was kept. */
export const KIND_WORDS: Record<SnapshotKind, string> = {
  manual: 'by hand',
  saved: 'saved as approved',
  adopted: 'adopted',
  promotion: 'after a promotion',
  kept: 'hotfix kept',
  restore: 'after a restore',
  rollback: 'after a rollback',
  revert: 'after a revert',
  pre_promotion: 'before a promotion',
  pre_restore: 'before a restore',
  pre_rollback: 'before a rollback',
  pre_revert: 'before a revert',
};

/** Which part of a workflow differs. */
export const PART_WORDS: Record<SnapshotPart, string> = {
  logic: 'what it does',
  settings: 'settings and tags',
  state: 'on or off',
  testData: 'test data',
  layout: 'layout',
};
