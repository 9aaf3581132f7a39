import type { AppError } from './errors';

const SLOW_DOWN = 'slow-down';

/**
 * Of an error that ends the rendering of a page the browser gets the digest alone, and Next keeps one that is there: so a
 * page that was asked for too often can say how long to wait. Undefined for what only the log may know.
 */
export const crashDigest = ({ kind, retryAfter }: AppError): string | undefined =>
  kind === 'rate_limited' && retryAfter ? `${SLOW_DOWN};${retryAfter}` : undefined;

/** Seconds to wait, by such a digest; null for any other. */
export function waitIn(digest: string | undefined): number | null {
  const [what, seconds] = digest?.split(';') ?? [];
  return what === SLOW_DOWN ? Number(seconds) : null;
}
