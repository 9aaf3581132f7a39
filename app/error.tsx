'use client';

import { CrashState } from '@/components/patterns/crash-state';
import { PlainPage } from '@/components/shell/plain-page';

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <PlainPage>
      <h1 className="sr-only">Error</h1>
      <CrashState error={error} retry={retry} />
    </PlainPage>
  );
}
