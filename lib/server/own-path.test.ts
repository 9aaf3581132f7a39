import { expect, test } from 'vitest';
import { ownPath } from './own-path';

test.each(['/', '/onboarding', '/t/acme/workflows?q=a%2F%2Fb#top'])('%s is a place to go next', (path) => {
  expect(ownPath(path)).toBe(path);
});

test.each([
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '\\/elsewhere.example',
  '/\t/elsewhere.example',
  '/\n/elsewhere.example',
  '/\r\\elsewhere.example',
  '/..//elsewhere.example',
  ' //elsewhere.example',
  'javascript:alert(1)',
  '//',
  '',
  undefined,
  ['/onboarding'],
])('%j leads nowhere but home', (next) => {
  expect(ownPath(next)).toBe('/');
});
