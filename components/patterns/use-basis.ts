'use client';

import { useState } from 'react';

/** What a form was filled from, and what becomes of it once somebody else saved. */
export interface Basis {
  /** Of the form: another one is another form, filled anew. */
  key: number;
  /** The version that the form is sent over. */
  ifMatch: number;
  /** Somebody else saved since the form was touched. */
  isOvertaken: boolean;
  /** The form was touched: from now on it keeps what it holds. */
  touch(): void;
  /** What the form holds was saved, as this version. */
  saved(version: number): void;
  takeTheirs(): void;
  keepMine(): void;
}

type Held = { key: number; over: number; isTouched: boolean };

/** An untouched form follows what others save; a touched one keeps what was typed, and is sent over what it was typed over. */
export function useBasis(version: number): Basis {
  const [held, setHeld] = useState<Held | null>(null);
  // What was just saved is newer than what was read until it is read again.
  const holds = held !== null && (held.isTouched || held.over > version);
  const { key, over } = holds ? held : { key: version, over: version };
  return {
    key,
    ifMatch: over,
    isOvertaken: version > over,
    touch: () => (holds && held.isTouched) || setHeld({ key, over, isTouched: true }),
    saved: (as) => setHeld({ key, over: as, isTouched: false }),
    takeTheirs: () => setHeld(null),
    keepMine: () => setHeld({ key, over: version, isTouched: true }),
  };
}
