'use client';

import { waitIn } from '@/lib/core/crash-digest';
import { ErrorState } from './error-state';

/** What an error boundary shows. Its digest finds the reason in the server's log; the message itself may be secret. */
export function CrashState({ error, retry }: { error: unknown; retry(): void }) {
  const digest =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : undefined;
  const wait = waitIn(digest);
  if (wait !== null) {
    return (
      <ErrorState
        problem={{
          title: 'Too many requests',
          detail: `In ${wait === 1 ? 'a second' : `${wait} seconds`} it goes on.`,
        }}
        unchanged="Showing a page changes nothing."
        onRetry={retry}
      />
    );
  }
  return (
    <ErrorState
      problem={{
        title: 'This page failed on our side',
        detail: 'The log holds the reason under the id below.',
        requestId: digest,
      }}
      unchanged="Showing a page changes nothing."
      onRetry={retry}
    />
  );
}
