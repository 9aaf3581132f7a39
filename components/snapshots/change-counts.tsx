import { type DiffKind, DiffMark } from '@/components/patterns/diff-mark';

type Counts = { added: number; modified: number; removed: number };

const KINDS: readonly [DiffKind, keyof Counts, string][] = [
  ['add', 'added', 'added'],
  ['change', 'modified', 'changed'],
  ['remove', 'removed', 'removed'],
];

/** + ~ − with their counts; what did not happen is left out. `words` says them too. */
export function ChangeCounts({ counts, words = false }: { counts: Counts; words?: boolean }) {
  const shown = KINDS.filter(([, key]) => counts[key] > 0);
  if (shown.length === 0) return <span className="text-ink-3">no change</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
      {shown.map(([kind, key, word]) => (
        <span key={key} className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <DiffMark kind={kind} />
          {counts[key]} {words && word}
        </span>
      ))}
    </span>
  );
}
