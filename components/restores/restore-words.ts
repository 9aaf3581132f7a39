import type { StatusKind } from '@/components/ui/glyph';
import type { RestoreStatus } from '@/lib/features/history/restore/model';
import type { RestoreItem } from '@/lib/features/history/restore/schema';

/** Where a restore stands. */
export const RESTORE_WORDS: Record<RestoreStatus, { kind: StatusKind; word: string }> = {
  planned: { kind: 'wait', word: 'Planned' },
  running: { kind: 'run', word: 'Applying' },
  completed: { kind: 'ok', word: 'Verified' },
  failed: { kind: 'bad', word: 'Failed, nothing written' },
  rolled_back: { kind: 'hold', word: 'Taken back' },
  needs_attention: { kind: 'bad', word: 'Needs attention' },
};

/** What happens to a workflow. */
export const ACTION_WORDS: Record<RestoreItem['action'], string> = {
  create: 'created anew',
  update: 'brought back',
  archive: 'archived',
};
export const ACTION_MARK = { create: 'add', update: 'change', archive: 'remove' } as const;
