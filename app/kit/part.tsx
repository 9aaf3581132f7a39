import type { ReactNode } from 'react';

/** One part of the kit under its name. */
export function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="min-w-0 border-t border-line pt-4 pb-7">
      <h2 className="mb-3 text-12 font-medium text-ink-3">{name}</h2>
      {children}
    </section>
  );
}
