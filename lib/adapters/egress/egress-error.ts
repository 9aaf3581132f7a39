/**
 * Why a request to a tenant-named address did not bring a reply.
 * - `invalid_address`: decided by the text alone (scheme, userinfo): says nothing about any network.
 * - `refused`: the policy forbids where it leads. Under the public policy this is told as `unreachable`.
 * - `unreachable`: DNS, closed, filtered, reset: one answer for all of them under the public policy.
 */
export type EgressReason =
  | 'invalid_address'
  | 'refused'
  | 'unreachable'
  | 'certificate'
  | 'timeout'
  | 'interrupted'
  | 'too_large'
  | 'unreadable';

export class EgressError extends Error {
  readonly reason: EgressReason;
  /** Whether the request may have reached the other side: decides if a write can be repeated. */
  readonly sent: boolean;

  constructor(reason: EgressReason, detail: string, options: { sent?: boolean; cause?: unknown } = {}) {
    super(detail, { cause: options.cause });
    this.name = 'EgressError';
    this.reason = reason;
    this.sent = options.sent ?? false;
  }
}
