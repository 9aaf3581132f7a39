import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { ProviderError, type ProviderFailure } from '@/lib/ports/provider-error';
import type { Specification } from './specification';

const CONCURRENT_REQUESTS = 4;
const QUEUED_REQUESTS = 500;
const FAILURES_TO_OPEN = 5;
const HALF_OPEN_AFTER_MS = 30_000;
const REMEMBERED_INSTANCES = 1_000;

/** What says that the instance is in trouble, rather than the request. */
const TROUBLE = new Set<ProviderFailure>(['unreachable', 'timeout', 'unavailable', 'outcome_unknown']);

/** What all callers of one n8n in this process share: its circuit, its request slots, its write queue, its interface. */
export type Instance = {
  baseUrl: string;
  /** Runs one call with all its attempts; refuses at once with `unavailable` while the circuit is open. */
  guard<T>(call: () => Promise<T>): Promise<T>;
  /** Runs one attempt when a request slot is free. */
  inSlot<T>(attempt: () => Promise<T>): Promise<T>;
  /** Runs one write after the other. */
  serially<T>(write: () => Promise<T>): Promise<T>;
  specification?: { value: Specification; readAt: number };
};

/** Scheme, host and path without `/api/v1` and the trailing slash: what people paste becomes what n8n calls its base. */
export function normaliseBaseUrl(text: string): string {
  return text
    .trim()
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\/api(\/v1)?$/, '')
    .replace(/\/+$/, '');
}

function createInstance(baseUrl: string): Instance {
  const slots = bulkhead(CONCURRENT_REQUESTS, QUEUED_REQUESTS);
  const circuit = circuitBreaker(
    handleWhen((error) => error instanceof ProviderError && TROUBLE.has(error.failure)),
    { halfOpenAfter: HALF_OPEN_AFTER_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
  let lastWrite: Promise<unknown> = Promise.resolve();

  return {
    baseUrl,
    guard: (call) => circuit.execute(call).catch(explainRefusal),
    inSlot: (attempt) => slots.execute(attempt).catch(explainRefusal),
    serially(write) {
      const run = lastWrite.then(write, write);
      lastWrite = run.catch(() => undefined);
      return run;
    },
  };
}

function explainRefusal(error: unknown): never {
  if (error instanceof BrokenCircuitError) {
    throw new ProviderError(
      'unavailable',
      'The instance failed several times in a row; it is left alone for half a minute.',
      {
        retryAfter: HALF_OPEN_AFTER_MS / 1_000,
        cause: error,
      },
    );
  }
  if (error instanceof BulkheadRejectedError) {
    throw new ProviderError('unavailable', 'Too many requests for this instance are waiting.', {
      retryAfter: 5,
      cause: error,
    });
  }
  throw error;
}

/** One `Instance` per base URL, the longest unused forgotten first. */
export function createInstances(): (baseUrl: string) => Instance {
  const known = new Map<string, Instance>();
  return (text) => {
    const baseUrl = normaliseBaseUrl(text);
    const instance = known.get(baseUrl) ?? createInstance(baseUrl);
    known.delete(baseUrl);
    known.set(baseUrl, instance);
    const oldest = known.keys().next().value;
    if (known.size > REMEMBERED_INSTANCES && oldest !== undefined) known.delete(oldest);
    return instance;
  };
}
