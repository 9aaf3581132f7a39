import Link from 'next/link';
import type { ReactNode } from 'react';

type Tab = { href: string; label: string; count?: ReactNode };

/** Parts of one thing, each with its own address. `current` is the href of the open one. */
export function TabLinks({ label, current, tabs }: { label: string; current: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="mt-4 flex gap-5 overflow-x-auto overflow-y-hidden border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.href === current ? 'page' : undefined}
          className="inline-flex h-9 items-center gap-1.5 whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink-1 aria-[current]:font-medium aria-[current]:text-ink-1 aria-[current]:inset-shadow-[0_-2px_var(--accent)]"
        >
          {tab.label}
          {tab.count !== undefined && <span className="font-normal text-ink-3">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
