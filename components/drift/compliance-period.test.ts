import { expect, test } from 'vitest';
import { complianceQueryOf } from './compliance-period';

test('both days are in the period, from the first moment to the last', () => {
  expect(complianceQueryOf({ environmentId: '', from: '2026-11-01', to: '2026-11-30' })).toEqual({
    environmentId: undefined,
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-30T23:59:59.999Z',
  });
});

test('a link with something that is no day asks for the usual period', () => {
  expect(complianceQueryOf({ environmentId: 'e', from: 'yesterday', to: '' })).toEqual({
    environmentId: 'e',
    from: undefined,
    to: undefined,
  });
});
