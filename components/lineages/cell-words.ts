import type { StatusKind } from '@/components/ui/glyph';
import type { CellState } from '@/lib/features/change/lineages/model';
import type { MatrixEnvironment } from '@/lib/features/change/lineages/schema';
import type { DriftClass } from '@/lib/features/drift/incidents/model';

type CellWords = {
  word: string;
  /** A status has a glyph; what is quiet or merely different has a sign. */
  mark: { glyph: StatusKind } | { sign: string };
  /** In the legend. */
  meaning: string;
  ink: string;
};

/** How each state of a cell is said: never by colour alone. */
export const CELL_WORDS: Record<CellState | 'absent', CellWords> = {
  missing: {
    word: 'gone',
    mark: { glyph: 'bad' },
    meaning: 'gone from the instance',
    ink: 'font-semibold text-bad',
  },
  drifted: {
    word: 'drifted',
    mark: { glyph: 'bad' },
    meaning: 'drifted: not what was approved',
    ink: 'font-semibold text-bad',
  },
  differs: { word: 'differs', mark: { sign: '≠' }, meaning: 'differs from its source', ink: 'font-medium text-ink-1' },
  unknown: {
    word: 'unknown',
    mark: { glyph: 'unknown' },
    meaning: 'unknown: can’t be compared',
    ink: 'text-unknown',
  },
  same: { word: 'same', mark: { sign: '=' }, meaning: 'same, whatever the credentials are called', ink: 'text-ink-3' },
  source: { word: 'source', mark: { sign: '•' }, meaning: 'what the others are compared with', ink: 'text-ink-2' },
  absent: { word: 'not here', mark: { sign: '—' }, meaning: 'not here', ink: 'text-ink-3' },
};

/** What a check found, in words a cell has room for. */
const DRIFT_WORDS: Record<DriftClass, string> = {
  deleted: 'deleted',
  unmanaged: 'unmanaged',
  edited: 'edited',
  credential_rebound: 'credential rebound',
  published_without_promotion: 'published, not promoted',
  deactivated: 'switched off',
  activated: 'switched on',
  settings: 'settings edited',
  tags: 'tags edited',
};
export const driftInWords = (driftClass: string): string =>
  DRIFT_WORDS[driftClass as DriftClass] ?? driftClass.replaceAll('_', ' ');

/** One line under an environment's name: what is wrong there first, else that nothing is. */
export function columnInWords(counts: MatrixEnvironment['counts']): string {
  const wrong = (
    [
      [counts.missing, 'gone'],
      [counts.drifted, 'drifted'],
      [counts.differs, counts.differs === 1 ? 'differs' : 'differ'],
      [counts.unknown, 'unknown'],
    ] as const
  ).filter(([count]) => count > 0);
  if (wrong.length > 0) return wrong.map(([count, word]) => `${count} ${word}`).join(' · ');
  if (counts.same > 0) return 'nothing differs';
  return counts.source > 0 ? `source of ${counts.source}` : 'nothing linked';
}
