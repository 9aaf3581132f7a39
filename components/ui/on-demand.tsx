'use client';

import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react';

/** A part whose code arrives when it is first shown, or when `preload` says that it is about to be. */
export type OnDemand<Props> = ComponentType<Props> & { preload(): void };

/**
 * Shows `Waiting`, with the same props, until the part's code is there; in the browser only. For what a click shows:
 * React holds back whatever suspended for 300 ms after its fallback, loaded or not, and so do `lazy` and `next/dynamic`.
 */
export function onDemand<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  Waiting: ComponentType<Props> = () => null,
): OnDemand<Props> {
  let arrived: ComponentType<Props> | undefined;
  let coming: Promise<void> | undefined;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const fetch = () => {
    coming ??= load().then(
      ({ default: part }) => {
        arrived = part;
        for (const listener of listeners) listener();
      },
      (error) => {
        // The next time it is asked for, it is tried again.
        coming = undefined;
        throw error;
      },
    );
    return coming;
  };
  function OnDemandPart(props: Props) {
    const Part = useSyncExternalStore(
      subscribe,
      () => arrived,
      () => undefined,
    );
    const [, setFailure] = useState();
    useEffect(() => {
      // Thrown while rendering, it reaches the page's error boundary.
      const fail = (error: unknown) =>
        setFailure(() => {
          throw error;
        });
      fetch().catch(fail);
    }, []);
    return Part ? <Part {...props} /> : <Waiting {...props} />;
  }
  return Object.assign(OnDemandPart, { preload: () => void fetch().catch(() => undefined) });
}
