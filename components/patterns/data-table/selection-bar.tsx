'use client';

import type { ReactNode } from 'react';
import { Button } from '../../ui/button';

type SelectionBarProps = { count: number; onClear(): void; children: ReactNode };

/** What can be done with the ticked rows. Stays at the foot of the window while rows are ticked. */
export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  if (count === 0) return null;
  return (
    <section
      aria-label="Selected rows"
      className="sticky bottom-2 z-4 mt-3 flex flex-wrap items-center gap-2 rounded-2 bg-accent-soft px-3 py-2"
    >
      <b aria-live="polite">{count} selected</b>
      <span className="flex-1" />
      {children}
      <Button size="sm" variant="ghost" onClick={onClear}>
        Clear
      </Button>
    </section>
  );
}
