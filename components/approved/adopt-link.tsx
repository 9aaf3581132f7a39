'use client';

import { useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import type { ApprovedState } from '@/lib/features/history/snapshots/approved-schema';

/** The way to adopting, or why it is closed. */
export function AdoptLink({ approved: { environment, adopt } }: { approved: ApprovedState }) {
  const { slug } = useTenant();
  if (!adopt.allowed) return <Button why={[adopt.detail, adopt.allowedBy].filter(Boolean).join(' ')}>Adopt…</Button>;
  return <ButtonLink href={`/t/${slug}/environments/${environment.id}/adopt`}>Adopt…</ButtonLink>;
}
