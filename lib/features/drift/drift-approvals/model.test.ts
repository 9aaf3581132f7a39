import { expect, test } from 'vitest';
import { approvalDigest, mayDecide, statusOf } from './model';

const incident = { id: 'i1', driftDigest: 'd1' };
const NOW = new Date('2026-03-01T12:00:00.000Z');
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

test('an approval fits exactly what was asked for, in whatever order it was said', () => {
  const asked = approvalDigest(incident, 'resolve', { resolution: 'revert', workflowIds: ['b', 'a'] });
  expect(approvalDigest(incident, 'resolve', { workflowIds: ['a', 'b', 'a'], resolution: 'revert' })).toBe(asked);
  for (const other of [
    approvalDigest(incident, 'resolve', { resolution: 'keep', workflowIds: ['a', 'b'] }),
    approvalDigest(incident, 'resolve', { resolution: 'revert', workflowIds: ['a'] }),
    approvalDigest(incident, 'resolve', { resolution: 'revert' }),
    approvalDigest({ ...incident, id: 'i2' }, 'resolve', { resolution: 'revert', workflowIds: ['a', 'b'] }),
  ]) {
    expect(other).not.toBe(asked);
  }
});

test('a resolution is void once the drift moves; more time is not', () => {
  const moved = { ...incident, driftDigest: 'd2' };
  const [revert, hours] = [{ resolution: 'revert' } as const, { hours: 24 }];
  expect(approvalDigest(moved, 'resolve', revert)).not.toBe(approvalDigest(incident, 'resolve', revert));
  expect(approvalDigest(moved, 'extend', hours)).toBe(approvalDigest(incident, 'extend', hours));
});

test.each([
  ['pending', 1, 'pending'],
  ['pending', 0, 'expired'],
  ['approved', -1, 'expired'],
  ['rejected', -1, 'rejected'],
  ['consumed', -1, 'consumed'],
] as const)('%s, with %i hours left, is %s', (status, hours, now) => {
  expect(statusOf({ status, expiresAt: later(hours) }, NOW)).toBe(now);
});

test('nobody decides the own request, except the only member', () => {
  expect(mayDecide('ann', 'ben', 5)).toBe(true);
  expect(mayDecide('ann', 'ann', 5)).toBe(false);
  expect(mayDecide('ann', 'ann', 1)).toBe(true);
});
