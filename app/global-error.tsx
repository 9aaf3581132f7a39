'use client';

import './globals.css';
import { CrashState } from '@/components/patterns/crash-state';
import { PlainPage } from '@/components/shell/plain-page';

/** Replaces the whole document when even the root layout failed; the theme then follows the system. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>Error · n8n Ops</title>
      </head>
      <body>
        <PlainPage>
          <h1 className="sr-only">Error</h1>
          <CrashState error={error} retry={retry} />
        </PlainPage>
      </body>
    </html>
  );
}
