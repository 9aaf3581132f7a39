import { AppError, toProblem } from '@/lib/core/errors';
import type { Download } from '@/lib/core/files';
import type { RateState } from '@/lib/kernel/rate-limiter';

/** Of every API answer: never cached, never sniffed, never framed. */
const HEADERS = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

type Extra = Record<string, string>;

/** How much is left of the limit that the request counted in; refusals say it too. */
export function tellRates({ headers }: Response, state: RateState): void {
  headers.set('ratelimit-limit', String(state.limit));
  headers.set('ratelimit-remaining', String(state.remaining));
  headers.set('ratelimit-reset', String(state.resetSeconds));
}

export const json = (status: number, body: unknown, requestId: string, extra: Extra = {}): Response =>
  new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: {
      ...HEADERS,
      ...(status === 204 ? {} : { 'content-type': 'application/json' }),
      ...etag(body),
      ...(status === 202 ? location(body) : {}),
      'x-request-id': requestId,
      ...extra,
    },
  });

/** An object that counts its versions says which one this is; PUT and PATCH send it back in If-Match. */
function etag(body: unknown): Extra {
  const version = (body as { version?: unknown } | null)?.version;
  return typeof version === 'number' ? { etag: `"${version}"` } : {};
}

/** What was accepted goes on as a job. */
function location(body: unknown): Extra {
  const jobId = (body as { jobId?: unknown } | null)?.jobId;
  return typeof jobId === 'string' ? { location: `/api/v1/background-jobs/${jobId}` } : {};
}

export const file = (download: Download, requestId: string): Response =>
  new Response(download.body as BodyInit, {
    headers: {
      ...HEADERS,
      'content-type': download.contentType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(download.filename)}`,
      'x-request-id': requestId,
    },
  });

export function problem(error: unknown, requestId: string, instance: string, extra: Extra = {}): Response {
  const body = toProblem(error, requestId, instance);
  const retryAfter: Extra =
    error instanceof AppError && error.retryAfter ? { 'retry-after': String(Math.ceil(error.retryAfter)) } : {};
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: {
      ...HEADERS,
      'content-type': 'application/problem+json',
      'x-request-id': requestId,
      ...retryAfter,
      ...extra,
    },
  });
}
