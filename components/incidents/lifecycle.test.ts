import { expect, test } from 'vitest';
import { lifecycleOf } from './lifecycle';

const at = '2026-11-24T13:54:00.000Z';
const incident = {
  status: 'acknowledged' as const,
  detectedAt: at,
  acknowledgedAt: at,
  stabilizedAt: null,
  reconciledAt: null,
  closedAt: null,
};
const states = (change: object) => lifecycleOf({ ...incident, ...change }).map(({ state }) => state);

test('what is reached has its time, and the step after it is the next', () => {
  expect(states({})).toEqual(['done', 'done', 'next', 'later', 'later']);
});

test('a state that was passed over is not claimed to have been reached', () => {
  expect(states({ status: 'closed', acknowledgedAt: null, closedAt: at })).toEqual([
    'done',
    'skipped',
    'skipped',
    'skipped',
    'done',
  ]);
});

test('an incident that was opened again stands where it began, whatever it had reached', () => {
  expect(states({ status: 'detected' })).toEqual(['done', 'next', 'later', 'later', 'later']);
});
