import type { ReactNode } from 'react';

/** Title and one sentence of the pages before anybody is known. */
export function EntryHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="mt-8">
      <h1 className="text-20 font-semibold">{title}</h1>
      {children && <p className="mt-1 text-ink-2">{children}</p>}
    </header>
  );
}
