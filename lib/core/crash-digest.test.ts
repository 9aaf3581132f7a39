import { expect, test } from 'vitest';
import { crashDigest, waitIn } from './crash-digest';
import { AppError, rateLimited } from './errors';

test('a page that was asked for too often knows how long to wait, and any other failure says nothing', () => {
  expect(waitIn(crashDigest(rateLimited('Too many requests.', 12)))).toBe(12);
  expect(crashDigest(new AppError('internal', 'A secret.'))).toBeUndefined();
  expect(waitIn('1234567890')).toBeNull();
  expect(waitIn(undefined)).toBeNull();
});
