import Link from 'next/link';
import type { ReactNode } from 'react';
import { findOperations } from '@/components/api-docs/document';
import { Brand } from '@/components/shell/brand';
import { ThemeSwitch } from '@/components/shell/theme-switch';

/** The reference of the API: open to anybody, and readable without scripts. */
export default function ApiDocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto max-w-300">
      <header className="flex h-12 items-center justify-between border-b border-line px-6 max-md:px-4">
        <Link href="/" aria-label="n8n Ops, to the start" className="-ml-2 rounded-2">
          <Brand />
        </Link>
        <ThemeSwitch />
      </header>
      <div className="gap-10 px-6 max-md:px-4 md:grid md:grid-cols-[180px_minmax(0,1fr)]">
        <nav aria-label="Groups of operations" className="pt-8 max-md:hidden">
          <ul className="sticky top-8">
            {findOperations('').map(([tag]) => (
              <li key={tag}>
                <Link href={`/docs/api#${tag}`} className="flex min-h-7 items-center text-ink-2 hover:text-ink-1">
                  {tag}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <main id="main" tabIndex={-1} className="min-w-0 pt-8 pb-16">
          {children}
        </main>
      </div>
    </div>
  );
}
