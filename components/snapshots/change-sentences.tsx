import { SentenceText } from '@/components/patterns/workflow-diff/change-list';
import type { SnapshotComparison } from '@/lib/features/history/snapshots/schema';

type Line = SnapshotComparison['workflows'][number];

/** What differs, a sentence each; the first ones, and how many more there are. */
export function ChangeSentences({ sentences, more }: Pick<Line, 'sentences' | 'more'>) {
  if (sentences.length === 0) return null;
  return (
    <ul className="mt-1.5 space-y-0.5 pl-7 text-ink-2">
      {sentences.map((sentence) => (
        <li key={sentence.map(({ text }) => text).join('')} className="wrap-anywhere">
          <SentenceText sentence={sentence} />
        </li>
      ))}
      {more > 0 && <li className="text-ink-3">and {more} more</li>}
    </ul>
  );
}
