import { AppError } from '@/lib/core/errors';

/**
 * Why a provider could not do what it was asked, by meaning and never by status: the same status means different
 * things on different versions. The flag says whether the same call may succeed later without anybody acting.
 */
export const PROVIDER_FAILURES = {
  /** Nothing usable answered: DNS, refused, filtered, TLS, reset. One answer for all, so a probe is no port scanner. */
  unreachable: { transient: true },
  /** The address is one the egress policy forbids. */
  address_refused: { transient: false },
  timeout: { transient: true },
  /** Something answered, but not this provider: HTML, a redirect, broken or oversized JSON, an unknown shape. */
  unreadable: { transient: true },
  /** The key is wrong, expired or revoked. */
  key_rejected: { transient: false },
  /** The key is good but may not do this. */
  not_permitted: { transient: false },
  /** The instance's edition or licence does not include this. */
  not_licensed: { transient: false },
  /** This version has no such operation. */
  unsupported: { transient: false },
  not_found: { transient: false },
  /** The content was refused by the provider's own validation. */
  content_rejected: { transient: false },
  /** Somebody or something else stands in the way: moved since it was read, path taken, review pending. */
  conflict: { transient: false },
  /** The provider is still finishing an earlier change of the same thing; nothing was done. */
  busy: { transient: true },
  rate_limited: { transient: true },
  /** 5xx, or the circuit to this instance is open after repeated failures. */
  unavailable: { transient: true },
  /** A write was sent and its fate is not known; only reading back can tell. Never retried blindly. */
  outcome_unknown: { transient: false },
} as const satisfies Record<string, { transient: boolean }>;

export type ProviderFailure = keyof typeof PROVIDER_FAILURES;

type Details = {
  /** The provider's own words, short, on one line, without secrets. Never a raw body. */
  providerMessage?: string;
  /** Seconds to wait, when the provider said so. */
  retryAfter?: number;
  cause?: unknown;
};

const PROVIDER_ERROR = Symbol.for('n8nops.ProviderError');

/** Every failure of a provider: an `upstream` problem whose `code` is the failure's name. */
export class ProviderError extends AppError {
  static override readonly mark = PROVIDER_ERROR;
  get [PROVIDER_ERROR](): true {
    return true;
  }

  readonly failure: ProviderFailure;
  readonly providerMessage?: string;

  constructor(failure: ProviderFailure, detail: string, details: Details = {}) {
    super('upstream', detail, {
      code: failure,
      status: failure === 'unavailable' || failure === 'rate_limited' ? 503 : undefined,
      retryAfter: details.retryAfter,
      cause: details.cause,
    });
    this.name = 'ProviderError';
    this.failure = failure;
    this.providerMessage = details.providerMessage;
  }

  get transient(): boolean {
    return PROVIDER_FAILURES[this.failure].transient;
  }
}
