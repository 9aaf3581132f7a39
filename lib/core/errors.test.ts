import { beforeAll, expect, test, vi } from 'vitest';
import { ProviderError } from '@/lib/ports/provider-error';
import { AppError, rateLimited, toProblem } from './errors';

/** What a Next build does: the same modules a second time in the same process. */
let elsewhere: typeof import('./errors') & typeof import('@/lib/ports/provider-error');
beforeAll(async () => {
  vi.resetModules();
  elsewhere = { ...(await import('./errors')), ...(await import('@/lib/ports/provider-error')) };
  expect(elsewhere.AppError).not.toBe(AppError);
});

test('an error thrown by another copy of the module keeps its kind and status', () => {
  const thrown = elsewhere.rateLimited('Wait.', 5);
  expect(thrown).toBeInstanceOf(AppError);
  expect(rateLimited('Wait.', 5)).toBeInstanceOf(elsewhere.AppError);
  expect(toProblem(thrown, 'request')).toMatchObject({ status: 429, code: 'rate_limited', detail: 'Wait.' });
});

test('a provider’s failure from another copy is one, and an AppError; another error is neither', () => {
  const thrown = new elsewhere.ProviderError('timeout', 'No answer.');
  expect(thrown).toBeInstanceOf(ProviderError);
  expect(thrown).toBeInstanceOf(AppError);
  expect(elsewhere.rateLimited('Wait.', 5)).not.toBeInstanceOf(ProviderError);
  for (const other of [new Error('x'), { name: 'AppError' }, null, 'AppError'])
    expect(other).not.toBeInstanceOf(AppError);
});
