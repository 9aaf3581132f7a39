import type { StatusKind } from '@/components/ui/glyph';
import type { IdentityStatus, LinkMethod } from '@/lib/features/change/lineages/model';

/** How a workflow stands to its lineage, as a status. */
export const IDENTITY_WORDS: Record<IdentityStatus, { kind: StatusKind; word: string }> = {
  linked: { kind: 'ok', word: 'Linked' },
  unmapped: { kind: 'warn', word: 'Unmapped' },
  missing: { kind: 'bad', word: 'Gone' },
  ignored: { kind: 'hold', word: 'Ignored' },
  deleted: { kind: 'wait', word: 'Deleted' },
};

/** How a workflow came to its lineage. */
export const METHOD_WORDS: Record<LinkMethod, string> = {
  explicit: 'linked by hand',
  same_id: 'same id on both instances',
  shape: 'does exactly the same',
  suggestion: 'suggested and accepted',
  promotion: 'made by a promotion',
  saved: 'began with a save',
};
