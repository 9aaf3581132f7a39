import { expect, test } from 'vitest';
import { JOBS } from '@/lib/server/catalogue';
import { WRITING_JOBS } from './being-changed';

test('every job that a check waits for is a job of the product', () => {
  const names = JOBS.map(({ name }) => name);
  expect(WRITING_JOBS.filter((name) => !names.includes(name))).toEqual([]);
});
