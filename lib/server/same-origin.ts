import { forbidden } from '@/lib/core/errors';
import { env } from '@/lib/env';

/**
 * A write that a cookie pays for must come from our own pages: Fetch Metadata says so, or, where a browser sends none,
 * the Origin does. Nothing is compared with a Host header, which the caller chooses.
 */
export function assertSameOrigin(headers: { get(name: string): string | null }): void {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const ours = site ? site === 'same-origin' : origin === env().appOrigin;
  if (ours && (!origin || origin === env().appOrigin)) return;
  throw forbidden(
    'This write did not come from this application. Programs use an API key instead of a cookie.',
    'cross_origin',
  );
}
