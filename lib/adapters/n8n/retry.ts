import { setTimeout as sleep } from 'node:timers/promises';
import { ProviderError, type ProviderFailure } from '@/lib/ports/provider-error';

/** How long a call may keep trying. Milliseconds. */
export type Patience = {
  attempts: number;
  baseMs: number;
  capMs: number;
  /** A longer `Retry-After` is handed to the caller instead of being waited for. */
  retryAfterCapMs: number;
};

export const PATIENT: Patience = { attempts: 4, baseMs: 250, capMs: 30_000, retryAfterCapMs: 300_000 };
/** For a person waiting in front of a form. */
export const INTERACTIVE: Patience = { attempts: 2, baseMs: 250, capMs: 1_000, retryAfterCapMs: 2_000 };

const READ_RETRIES = new Set<ProviderFailure>(['unreachable', 'timeout', 'rate_limited', 'unavailable', 'unreadable']);
/** Only what proves that the write was not looked at: it was never sent, or turned away at the door. */
const WRITE_RETRIES = new Set<ProviderFailure>(['unreachable', 'rate_limited', 'busy']);

/** Milliseconds to wait before the next attempt, or null to give up. Full jitter: callers must not march in step. */
export function delayBefore(
  error: unknown,
  attempt: number,
  write: boolean,
  patience: Patience,
  random = Math.random,
): number | null {
  if (!(error instanceof ProviderError) || attempt >= patience.attempts) return null;
  if (!(write ? WRITE_RETRIES : READ_RETRIES).has(error.failure)) return null;
  if (error.retryAfter !== undefined) {
    const asked = error.retryAfter * 1_000;
    return asked > patience.retryAfterCapMs ? null : asked + random() * patience.baseMs;
  }
  return random() * Math.min(patience.capMs, patience.baseMs * 2 ** attempt);
}

/** Runs an attempt until it succeeds or patience ends; rejects with the last failure, or the signal's reason. */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  options: { write: boolean; patience: Patience; signal?: AbortSignal },
): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      options.signal?.throwIfAborted();
      const delay = delayBefore(error, count, options.write, options.patience);
      if (delay === null) throw error;
      await sleep(delay, undefined, { signal: options.signal }).catch(() => options.signal?.throwIfAborted());
    }
  }
}
