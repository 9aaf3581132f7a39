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
  takeTheirs(): void;
  keepMine(): void;
}

/** An untouched form follows what others save; a touched one keeps what was typed, and is sent over what it was typed over. */
export function useBasis(version: number): Basis {
  const [touched, setTouched] = useState<{ key: number; over: number } | null>(null);
  const { key, over } = touched ?? { key: version, over: version };
  return {
    key,
    ifMatch: over,
    isOvertaken: over !== version,
    touch: () => touched ?? setTouched({ key: version, over: version }),
    takeTheirs: () => setTouched(null),
    keepMine: () => setTouched({ key, over: version }),
  };
}
