import type { ReactNode } from 'react';

/** A key as it is printed on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-4 min-w-4 items-center justify-center rounded-1 border border-line-2 px-1 font-sans text-12 leading-none font-medium text-ink-3">
      {children}
    </kbd>
  );
}
