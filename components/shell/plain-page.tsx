import type { ReactNode } from 'react';
import { Brand } from './brand';

/** A page outside the shell: sign-in, onboarding, what went wrong before anyone was known. */
export function PlainPage({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-dvh bg-surface-0 px-4 py-10">
      <main id="main" tabIndex={-1} className="mx-auto max-w-110">
        <div className="-ml-2">
          <Brand />
        </div>
        {children}
      </main>
    </div>
  );
}
