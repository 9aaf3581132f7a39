import { expect, test } from 'vitest';
import { type Asked, askedInWords } from './incident-words';

test('whoever is asked to approve a keeping reads that secrets would go to git with it', () => {
  const keep = { action: 'resolve', request: { resolution: 'keep', workflowIds: ['a', 'b'] } } satisfies Asked;
  expect(askedInWords(keep)).toBe('Keep, 2 of its workflows');
  expect(askedInWords({ ...keep, request: { ...keep.request, acceptSecrets: true } })).toBe(
    'Keep, 2 of its workflows, secrets included',
  );
});
