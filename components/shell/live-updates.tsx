'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { followEvents, type LiveEvent, type LiveState } from '@/lib/client/live-stream';
import { keysTouchedBy } from '@/lib/client/query-keys';
import { toast } from '../ui/toast';
import { LiveStateProvider } from './live-state';
import { useTenant } from './tenant';

/** What a policy wants people to be told, whatever page they are on. */
const NOTICES: Partial<Record<string, string>> = {
  'incident.detected': 'Drift was found',
  'incident.warned': 'An incident is due soon',
  'incident.expired': 'An incident is overdue',
};

/** Follows the tenant's events: what they touch is stale, so queries on screen refetch; an incident is told at once. */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const { slug } = useTenant();
  const queries = useQueryClient();
  const router = useRouter();
  const [state, setState] = useState<LiveState>('reconnecting');
  useEffect(() => {
    const onEvent = (event: LiveEvent) => {
      for (const queryKey of keysTouchedBy(slug, event)) void queries.invalidateQueries({ queryKey });
      const title = NOTICES[event.type];
      const run = () => router.push(`/t/${slug}/incidents/${event.subject}`);
      if (title) toast({ kind: 'warn', title, action: { label: 'Open the incident', run } });
    };
    return followEvents(slug, { onEvent, onState: setState });
  }, [slug, queries, router]);
  return <LiveStateProvider state={state}>{children}</LiveStateProvider>;
}
