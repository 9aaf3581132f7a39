import { AppError } from '@/lib/core/errors';
import { ProviderError } from '@/lib/ports/provider-error';

/**
 * Whether the same work may succeed later. A provider says so of each failure; other errors say it by their kind, and
 * one that nobody knows may be anything.
 */
export function mayPass(error: unknown): boolean {
  if (error instanceof ProviderError) return error.transient;
  return !(error instanceof AppError) || ['upstream', 'internal', 'rate_limited'].includes(error.kind);
}
