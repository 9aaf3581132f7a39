import type { Metadata } from 'next';
import { EmptyState } from '@/components/patterns/empty-state';
import { PlainPage } from '@/components/shell/plain-page';
import { ButtonLink } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Not found' };

/** Says the same for what never was and for what belongs to someone else. */
export default function NotFound() {
  return (
    <PlainPage>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nothing at this address"
        why="It was moved or deleted, or it belongs to an organisation you are not signed in to."
        next={
          <ButtonLink size="sm" href="/">
            Go to the start
          </ButtonLink>
        }
      />
    </PlainPage>
  );
}
