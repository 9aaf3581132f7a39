import { expect, test } from 'vitest';
import { fingerprintOf, nextCheckIn } from './model';

const pace = { intervalSeconds: 300, durationMs: 2_000, failures: 0, moved: false };

test.each([
  ['as the policy says', {}, 300],
  ['a minute after something moved', { moved: true }, 60],
  ['less often where a check takes a minute', { durationMs: 60_000 }, 1_200],
  ['half as often after each failure', { failures: 1 }, 600],
  ['at most an hour apart', { failures: 30 }, 3_600],
  ['never more often than the policy allows', { moved: true, intervalSeconds: 86_400 }, 60],
  ['a day stays a day', { intervalSeconds: 86_400, failures: 3 }, 86_400],
])('the next look comes %s', (_when, change, seconds) => {
  expect(nextCheckIn({ ...pace, ...change })).toBe(seconds);
});

test('a fingerprint moves with either side, and not with the order of anything', () => {
  const approved = { logicDigest: 'l', settingsDigest: 's', active: true, archived: false, tags: ['a'] };
  const observed = { ...approved, logicDigest: 'other', publishedDigest: 'l' };
  const print = fingerprintOf('key', approved, observed);
  expect(fingerprintOf('key', { ...approved, tags: ['b'] }, observed)).toBe(print);
  for (const moved of [
    fingerprintOf('other', approved, observed),
    fingerprintOf('key', { ...approved, logicDigest: 'x' }, observed),
    fingerprintOf('key', approved, { ...observed, publishedDigest: 'x' }),
    fingerprintOf('key', approved, null),
    fingerprintOf('key', null, observed),
  ]) {
    expect(moved).not.toBe(print);
  }
});
