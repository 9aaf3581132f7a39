import { invalid } from '@/lib/core/errors';
import type { AnyOperation } from '@/lib/kernel/operation';
import type { Method } from './routes';

/** Whether a door compares If-Match with what stands; the document says so of the same doors. */
export const obeysIfMatch = (method: Method, { versioned }: AnyOperation): boolean =>
  versioned === true || method === 'PUT' || method === 'PATCH';

/** The version that was looked at; null: whichever stands. */
export function readIfMatch(request: Request): number | null {
  const header = request.headers.get('if-match');
  if (!header || header === '*') return null;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (!version) throw invalid('If-Match takes the ETag of the last answer, as it was.', undefined, { status: 400 });
  return Number(version);
}
