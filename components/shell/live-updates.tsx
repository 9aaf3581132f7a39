'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { followEvents, type LiveEvent, type LiveState } from '@/lib/client/live-stream';
import { keysTouchedBy } from '@/lib/client/query-keys';
import { LiveStateProvider } from './live-state';
import { useTenant } from './tenant';

/** Follows the tenant's events and marks what they touch as stale; the queries on screen then refetch. */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const { slug } = useTenant();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('reconnecting');
  useEffect(() => {
    const onEvent = (event: LiveEvent) => {
      for (const queryKey of keysTouchedBy(slug, event)) void queries.invalidateQueries({ queryKey });
    };
    return followEvents(slug, { onEvent, onState: setState });
  }, [slug, queries]);
  return <LiveStateProvider state={state}>{children}</LiveStateProvider>;
}
