const MAX_SLUG = 40;
/** Slugs stand in URLs beside our own pages. */
const RESERVED = new Set(['admin', 'api', 'new', 'none', 'platform', 'settings', 'sign-in', 'sign-up']);

/** How long a closed organisation can be reopened, days. */
export const CLOSING_DAYS = 30;

/** The slug a name suggests; `n` tells apart those that suggest the same. */
export function slugOf(name: string, n = 1): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '');
  const base = plain || 'organisation';
  return n === 1 && !RESERVED.has(base) ? base : `${base}-${Math.max(n, 2)}`;
}

export const closesAt = (now: Date): Date => new Date(now.getTime() + CLOSING_DAYS * 24 * 3_600_000);
