import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '@/lib/ports/provider-error';
import { replyFailure, retryAfterSeconds, scrub } from './failure';
import { delayBefore, PATIENT } from './retry';

const KEY = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
const reply = (status: number, body: string, headers = {}) => ({ status, headers, body: Buffer.from(body) });
const meaning = (status: number, message: string, write = false) =>
  replyFailure(reply(status, JSON.stringify({ message })), { write, apiKey: KEY }).failure;

describe('what n8n says is understood by its meaning', () => {
  it.each([
    [400, 'request/body must NOT have additional properties', 'content_rejected'],
    [400, 'SQLITE_ERROR: cannot start a transaction within a transaction', 'unavailable'],
    [401, 'Unauthorized', 'key_rejected'],
    [401, 'Source Control feature is not licensed', 'not_licensed'],
    [403, 'Forbidden', 'not_permitted'],
    [403, 'Your license does not allow for feat:variables.', 'not_licensed'],
    [404, 'Not Found', 'not_found'],
    [404, 'Version not found', 'not_found'],
    [404, 'not found', 'unsupported'],
    [404, 'You do not have permission to update this workflow. Ask the owner to share it with you.', 'not_permitted'],
    [405, 'PATCH method not allowed', 'unsupported'],
    [409, 'Tag already exists', 'conflict'],
    [409, 'Workflow is still being unpublished. Please try again in a few moments.', 'busy'],
    [503, 'Starting', 'unavailable'],
  ] as const)('%i “%s” is %s', (status, message, failure) => expect(meaning(status, message)).toBe(failure));

  it('a server error on a write leaves its fate open', () => {
    expect(meaning(500, 'Internal server error', true)).toBe('outcome_unknown');
    expect(meaning(400, 'SQLITE_CONSTRAINT: FOREIGN KEY constraint failed', true)).toBe('outcome_unknown');
  });

  it('the words of a proxy are never passed on', () => {
    const page = '<html><p>Internal host db-7.corp refused</p></html>';
    for (const status of [200, 401, 403, 404, 502]) {
      expect(replyFailure(reply(status, page), { write: false, apiKey: KEY }).message).not.toContain('db-7');
    }
  });
});

describe('a message for people', () => {
  it('never holds the key, wherever n8n repeats it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const failure = replyFailure(reply(400, JSON.stringify({ message: before + KEY + after })), {
          write: false,
          apiKey: KEY,
        });
        return ![failure.message, failure.providerMessage].some((text) => text?.includes(KEY));
      }),
    );
  });

  it('holds no other key, token or line break either, and is short', () => {
    const text = scrub(
      `Bearer abcdefgh12345678\n?api_key=s3cret&x=1 ${KEY.replace('a', 'b')} ${'x'.repeat(900)}`,
      'other',
    );
    expect(text).not.toMatch(/abcdefgh1|s3cret|eyJ|\n/);
    expect(text.length).toBeLessThanOrEqual(300);
  });
});

describe('a repeated attempt', () => {
  const error = (failure: ProviderError['failure'], retryAfter?: number) =>
    new ProviderError(failure, 'x', { retryAfter });

  it('waits at random, longer each time and never longer than the cap', () => {
    const longest = (attempt: number) =>
      delayBefore(error('unavailable'), attempt, false, { ...PATIENT, attempts: 99 }, () => 1);
    expect([1, 2, 3, 20].map(longest)).toEqual([500, 1_000, 2_000, 30_000]);
    expect(delayBefore(error('unavailable'), 1, false, PATIENT, () => 0)).toBe(0);
  });

  it('waits as long as n8n asks, and hands on what is too long to wait for', () => {
    expect(delayBefore(error('rate_limited', 7), 1, false, PATIENT, () => 0)).toBe(7_000);
    expect(delayBefore(error('rate_limited', 301), 1, false, PATIENT)).toBeNull();
  });

  it('of a write is made only when the first was certainly not looked at', () => {
    const repeated = (failure: ProviderError['failure']) => delayBefore(error(failure), 1, true, PATIENT) !== null;
    expect(['unreachable', 'rate_limited', 'busy'].map((one) => repeated(one as ProviderError['failure']))).toEqual([
      true,
      true,
      true,
    ]);
    for (const failure of ['outcome_unknown', 'timeout', 'unavailable', 'content_rejected', 'conflict'] as const)
      expect(repeated(failure)).toBe(false);
  });

  it('is never made for a caller’s abort', () =>
    expect(delayBefore(new Error('aborted'), 1, false, PATIENT)).toBeNull());
});

it('Retry-After is read as seconds or as a date', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(retryAfterSeconds('12', now)).toBe(12);
  expect(retryAfterSeconds(new Date(now + 30_000).toUTCString(), now)).toBe(30);
  expect(retryAfterSeconds('soon', now)).toBeUndefined();
  expect(retryAfterSeconds(undefined, now)).toBeUndefined();
});
