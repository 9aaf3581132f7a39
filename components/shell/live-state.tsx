'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { LiveState } from './live-indicator';

const LiveStateContext = createContext<LiveState | null>(null);

/** Tells every top bar below how the one event stream is doing. */
export function LiveStateProvider({ state, children }: { state: LiveState; children: ReactNode }) {
  return <LiveStateContext value={state}>{children}</LiveStateContext>;
}

/** Null where nothing is live, such as on the sign-in page. */
export function useLiveState(): LiveState | null {
  return useContext(LiveStateContext);
}
