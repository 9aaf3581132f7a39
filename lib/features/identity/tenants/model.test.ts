import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Slug } from '@/lib/core/schema';
import { slugOf } from './model';

test('whatever an organisation is called, its slug is a slug', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.integer({ min: 1, max: 50 }), (name, n) => {
      expect(Slug.safeParse(slugOf(name, n)).success).toBe(true);
    }),
  );
});

test('accents fold, and names of our own pages are not given away', () => {
  expect(slugOf('Café Zürich GmbH')).toBe('cafe-zurich-gmbh');
  expect(slugOf('Admin')).toBe('admin-2');
  expect(slugOf('漢字')).toBe('organisation');
  expect(slugOf('Acme', 3)).toBe('acme-3');
});
