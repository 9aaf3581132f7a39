import { expect, test } from 'vitest';
import type { Environment } from '@/lib/features/connections/environments/schema';
import { verdictOf } from './verdict-of';

type State = { connection?: string; drift?: string; checkFailed?: boolean; freshness?: string };

const environment = (name: string, state: State = {}) =>
  ({
    name,
    axes: {
      connection: { status: state.connection ?? 'connected' },
      drift: { status: state.drift ?? 'none', problem: state.checkFailed ? { code: 'x', detail: '', at: '' } : null },
      readiness: { status: 'ready' },
      freshness: { status: state.freshness ?? 'fresh' },
    },
  }) as Environment;

test('drift comes first, and what could not be checked is said beside it', () => {
  const verdict = verdictOf([
    environment('eu-main', { drift: 'drifted' }),
    environment('sandbox', { connection: 'unreachable', freshness: 'stale' }),
  ]);
  expect(verdict.finding).toBe('eu-main has drifted.');
  expect(verdict.rest).toBe('sandbox could not be checked.');
});

test('an instance that does not answer is never passed over in silence', () => {
  const { finding } = verdictOf([environment('lab'), environment('eu', { connection: 'refused' })]);
  expect(finding).toBe('eu does not answer.');
});

test('what was never read is not called fine', () => {
  expect(verdictOf([environment('lab', { freshness: 'never' })]).finding).toBe('Nothing has been read yet.');
  expect(verdictOf([environment('lab'), environment('eu', { freshness: 'never' })])).toEqual({
    finding: 'One environment answers and is read.',
    rest: 'eu has not been read yet.',
  });
});

test('stale knowledge is named as such', () => {
  expect(verdictOf([environment('lab', { freshness: 'stale' })]).rest).toContain('lab is older than it should be');
});

test('where checks fail, drift is not passed off as known', () => {
  expect(verdictOf([environment('eu', { checkFailed: true })]).rest).toContain('Checks of eu fail');
  expect(verdictOf([environment('eu', { checkFailed: true, connection: 'unreachable' })]).rest).not.toContain('Checks');
});
