import { expect, test } from 'vitest';
import { type Case, figuresOf, inTime } from './model';

const NOW = new Date('2026-03-10T00:00:00.000Z');
const at = (day: number, hour = 0) => new Date(Date.UTC(2026, 2, day, hour)).toISOString();
const one = (change: Partial<Case>): Case => ({
  status: 'closed',
  detectedAt: at(1),
  dueAt: at(3),
  closedAt: at(2),
  expiredAt: null,
  resolution: 'revert',
  ...change,
});

test.each([
  ['closed before it was due', {}, true],
  ['closed after it was due', { closedAt: at(4) }, false],
  ['open and overdue', { closedAt: null }, false],
  ['open and not due yet', { closedAt: null, dueAt: at(20) }, null],
])('%s: in time is %s', (_what, change, expected) => {
  expect(inTime(one(change), NOW)).toBe(expected);
});

test('the figures count what ended, what is late, and nothing that is not decided yet', () => {
  const figures = figuresOf(
    [
      one({}),
      one({ closedAt: at(4), expiredAt: at(3), resolution: 'keep' }),
      one({ status: 'detected', closedAt: null, dueAt: at(20), resolution: null, detectedAt: at(2) }),
    ],
    NOW,
  );
  expect(figures).toMatchObject({
    total: 3,
    byStatus: { closed: 2, detected: 1, acknowledged: 0 },
    byResolution: { revert: 1, keep: 1 },
    averageHours: 48,
    inTimePercentage: 50,
    expiredCount: 1,
  });
  expect(figures.overTime).toEqual([
    { day: '2026-03-01', detected: 2, closed: 0 },
    { day: '2026-03-02', detected: 1, closed: 1 },
    { day: '2026-03-04', detected: 0, closed: 1 },
  ]);
});

test('a period without incidents has no averages', () => {
  expect(figuresOf([], NOW)).toMatchObject({ total: 0, averageHours: null, inTimePercentage: null, overTime: [] });
});
