'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type Preferences, rootAttributes, storePreference } from '@/lib/client/preferences';

type Viewer = Preferences & {
  /** Epoch milliseconds of the server render: what hydration must see as "now". */
  renderedAt: number;
  set<K extends keyof Preferences>(key: K, value: Preferences[K]): void;
};

const ViewerContext = createContext<Viewer | null>(null);

/** Holds the viewer's theme, density, keys and time zone. Rendered once, by the root layout, from cookies. */
export function ViewerProvider(props: { initial: Preferences; renderedAt: number; children: ReactNode }) {
  const [preferences, setPreferences] = useState(props.initial);

  const viewer = useMemo<Viewer>(
    () => ({
      ...preferences,
      renderedAt: props.renderedAt,
      set(key, value) {
        const next = { ...preferences, [key]: value };
        storePreference(key, value);
        applyToRoot(next);
        setPreferences(next);
      },
    }),
    [preferences, props.renderedAt],
  );

  // The server learns the zone from the cookie; only the very first visit is shown in UTC until hydration.
  useEffect(() => {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (timeZone !== props.initial.timeZone) {
      storePreference('timeZone', timeZone);
      setPreferences((current) => ({ ...current, timeZone }));
    }
  }, [props.initial.timeZone]);

  return <ViewerContext value={viewer}>{props.children}</ViewerContext>;
}

/** The viewer's preferences and their setter. Throws outside `ViewerProvider`. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useViewer needs a ViewerProvider above it.');
  return viewer;
}

function applyToRoot(preferences: Preferences): void {
  for (const [name, value] of Object.entries(rootAttributes(preferences))) {
    if (value) document.documentElement.setAttribute(name, value);
    else document.documentElement.removeAttribute(name);
  }
}
