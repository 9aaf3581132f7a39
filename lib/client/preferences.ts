/** What a viewer chose about looks and keys. Kept in cookies, so that the server renders it and nothing flashes. */
export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

export type Preferences = {
  theme: Theme;
  density: Density;
  /** Whether keys without a modifier (`g w`, `/`, `j`) do anything (WCAG 2.1.4). */
  singleKeys: boolean;
  /** IANA name of where the browser is; null until it has told us once. */
  timeZone: string | null;
  /** IANA name the viewer chose over the browser's; null: as the browser says. */
  chosenTimeZone: string | null;
};

const COOKIE: Record<keyof Preferences, string> = {
  theme: 'theme',
  density: 'density',
  singleKeys: 'single-keys',
  timeZone: 'time-zone',
  chosenTimeZone: 'chosen-time-zone',
};
const YEAR_SECONDS = 31_536_000;

/** Reads preferences through any cookie getter. Anything unexpected falls back to the default, never throws. */
export function readPreferences(cookie: (name: string) => string | undefined): Preferences {
  const theme = cookie(COOKIE.theme);
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    density: cookie(COOKIE.density) === 'compact' ? 'compact' : 'comfortable',
    singleKeys: cookie(COOKIE.singleKeys) !== 'off',
    timeZone: knownTimeZone(cookie(COOKIE.timeZone)),
    chosenTimeZone: knownTimeZone(cookie(COOKIE.chosenTimeZone)),
  };
}

/** Browser only. Stores one preference for a year. */
export function storePreference<K extends keyof Preferences>(key: K, value: Preferences[K]): void {
  const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : (value ?? '');
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous and missing in Firefox ESR.
  document.cookie = `${COOKIE[key]}=${encodeURIComponent(text)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/** The attributes of `<html>` that tokens.css looks for. No `data-theme` means: as the system says. */
export function rootAttributes({ theme, density }: Pick<Preferences, 'theme' | 'density'>) {
  return { 'data-theme': theme === 'system' ? undefined : theme, 'data-density': density };
}

/** The zone that times are shown in. */
export const zoneOf = ({ chosenTimeZone, timeZone }: Pick<Preferences, 'chosenTimeZone' | 'timeZone'>): string =>
  chosenTimeZone ?? timeZone ?? 'UTC';

function knownTimeZone(name: string | undefined): string | null {
  if (!name) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: decodeURIComponent(name) }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
