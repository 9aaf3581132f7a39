'use client';

import { ChevronRight } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import type { Sentence, SentenceRole } from '@/lib/workflow/sentences/sentence';
import { cx } from '../../ui/class-names';
import { Icon } from '../../ui/icon';
import { DiffMark } from '../diff-mark';
import type { ChangeGroup, ListedChange } from './compare-workflows';
import { CLASS_WORDS } from './diff-looks';

type ChangeListProps = {
  groups: readonly ChangeGroup[];
  selected: string | undefined;
  onSelect(id: string): void;
  /** Whether what is only cosmetic is listed too. */
  unfolded: boolean;
  onUnfold(unfolded: boolean): void;
};

/** A sentence per change, by class; the canvas in words. What is cosmetic is folded. */
export function ChangeList({ groups, selected, onSelect, unfolded, onUnfold }: ChangeListProps) {
  const box = useRef<HTMLElement>(null);
  useKeepInView(box, selected);
  return (
    <section
      ref={box}
      aria-label="Changes"
      className="@2xl:sticky @2xl:top-14 @2xl:max-h-[calc(100dvh-5rem)] @2xl:self-start @2xl:overflow-y-auto @2xl:border-r @2xl:border-line @2xl:pr-4 @max-2xl:max-h-[45dvh] @max-2xl:overflow-y-auto @max-2xl:border-b @max-2xl:border-line"
    >
      {groups.map((group) => {
        const folded = group.class === 'cosmetic' && !unfolded;
        return (
          <div key={group.class} className="border-b border-line py-2 last:border-b-0">
            <h2 className="py-1 text-12 font-medium text-ink-2">
              {group.class === 'cosmetic' ? (
                <CosmeticFold count={group.changes.length} {...{ unfolded, onUnfold }} />
              ) : (
                <>
                  {CLASS_WORDS[group.class]} <span className="ml-1 text-ink-3">{group.changes.length}</span>
                </>
              )}
            </h2>
            {!folded && (
              <ul>
                {group.changes.map((listed) => (
                  <li key={listed.id}>
                    <Row listed={listed} current={listed.id === selected} onSelect={onSelect} />
                  </li>
                ))}
              </ul>
            )}
          </div>
        );
      })}
    </section>
  );
}

type FoldProps = { count: number; unfolded: boolean; onUnfold(unfolded: boolean): void };

function CosmeticFold({ count, unfolded, onUnfold }: FoldProps) {
  return (
    <button
      type="button"
      aria-expanded={unfolded}
      onClick={() => onUnfold(!unfolded)}
      className="inline-flex min-h-6 items-center gap-1"
    >
      <Icon of={ChevronRight} className={cx('size-3.5', unfolded && 'rotate-90')} />
      Cosmetic <span className="text-ink-3">{count}, changes nothing that runs</span>
    </button>
  );
}

type RowProps = { listed: ListedChange; current: boolean; onSelect(id: string): void };

/** Unchanged rows are not drawn again while one walks through a long list. */
const Row = memo(function Row({ listed, current, onSelect }: RowProps) {
  return (
    <button
      type="button"
      aria-current={current ? 'true' : undefined}
      onClick={() => onSelect(listed.id)}
      className="flex w-full items-start gap-2.5 rounded-2 px-2 py-1.5 text-left -outline-offset-2 hover:bg-surface-2 aria-[current]:bg-accent-soft aria-[current]:inset-shadow-[2px_0_var(--accent)] max-md:py-2"
    >
      <span className="mt-0.5 flex">
        <DiffMark kind={listed.kind} />
      </span>
      <span className="min-w-0 flex-1 wrap-anywhere">
        <SentenceText sentence={listed.sentence} />
      </span>
    </button>
  );
});

const ROLE: Record<SentenceRole, string> = {
  plain: '',
  name: 'font-semibold',
  before: 'text-diff-remove line-through decoration-1',
  after: 'text-diff-add no-underline',
};

/** A sentence with its names, old and new values set apart. */
export function SentenceText({ sentence }: { sentence: Sentence }) {
  return sentence.map(({ role, text }, index) => {
    const Tag = role === 'before' ? 'del' : role === 'after' ? 'ins' : 'span';
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never move.
      <Tag key={index} className={ROLE[role]}>
        {text}
      </Tag>
    );
  });
}

/** Scrolls the list, never the page, so that the chosen change can be seen. */
function useKeepInView(box: React.RefObject<HTMLElement | null>, selected: string | undefined): void {
  useEffect(() => {
    const row = selected === undefined ? null : box.current?.querySelector<HTMLElement>('[aria-current]');
    if (!row || !box.current) return;
    const [inside, outside] = [row.getBoundingClientRect(), box.current.getBoundingClientRect()];
    if (inside.top < outside.top) box.current.scrollTop += inside.top - outside.top - 32;
    else if (inside.bottom > outside.bottom) box.current.scrollTop += inside.bottom - outside.bottom + 8;
  }, [box, selected]);
}
