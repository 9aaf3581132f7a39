import { type FocusEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useShortcut } from '../../ui/shortcuts';

type RowCursor = {
  /** Index of the row under the cursor; -1 before the first key. */
  cursor: number;
  /** Put on the table: tabbing into a row takes the cursor along. */
  onFocus(event: FocusEvent): void;
};

/**
 * `j` and `k` walk the rows, `x` ticks the one under the cursor. The cursor is the focus: it rests on the row's first
 * link, so that Enter opens it and a screen reader reads it. Rows carry `data-row-index`.
 */
export function useRowCursor(
  table: RefObject<HTMLElement | null>,
  count: number,
  actions: { reveal?: (index: number) => void; toggle?: (index: number) => void },
): RowCursor {
  const [cursor, setCursor] = useState(-1);
  const wanted = useRef<number | null>(null);

  const move = (step: number) => {
    if (count === 0) return;
    const next = Math.min(count - 1, Math.max(0, cursor + step));
    wanted.current = next;
    setCursor(next);
    actions.reveal?.(next);
    focusRow(table.current, next);
  };
  useShortcut('j', 'Next row', 'List', () => move(1));
  useShortcut('k', 'Previous row', 'List', () => move(-1));
  useShortcut(actions.toggle && 'x', 'Select the row', 'List', () => cursor >= 0 && actions.toggle?.(cursor));

  // A virtual row exists only after the scroll that `reveal` started has been rendered.
  useEffect(() => {
    if (wanted.current !== null && focusRow(table.current, wanted.current)) wanted.current = null;
  });

  const onFocus = useCallback((event: FocusEvent) => {
    const row = event.target.closest<HTMLElement>('[data-row-index]');
    if (row) setCursor(Number(row.dataset.rowIndex));
  }, []);
  return { cursor: Math.min(cursor, count - 1), onFocus };
}

function focusRow(table: HTMLElement | null, index: number): boolean {
  const row = table?.querySelector<HTMLElement>(`[data-row-index="${index}"]`);
  if (!row) return false;
  const target = row.querySelector<HTMLElement>('a[href]') ?? row;
  if (document.activeElement !== target) target.focus();
  row.scrollIntoView({ block: 'nearest' });
  return true;
}
