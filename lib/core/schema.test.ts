import { expect, it } from 'vitest';
import { z } from 'zod';
import { inOrder, Prose, Timestamp } from './schema';

it('the same moment is the same text, however many digits of a second it is written with', () => {
  const written = ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.0Z', '2026-01-31T08:00:00.000123Z'];
  expect(written.map((text) => Timestamp.parse(text))).toEqual(Array(3).fill('2026-01-31T08:00:00.000Z'));
});

it.each([
  'tomorrow',
  '2026-01-31',
  '2026-02-30T08:00:00Z',
  '2026-01-31T08:00:00+02:00',
  '2026-01-31T08:00:00[Mars/Olympus]',
  '0000-01-01T00:00:00Z',
])('%s is no time that could be meant in two ways, or in none', (text) => {
  expect(Timestamp.safeParse(text).success).toBe(false);
});

it('a time that ends before it begins is refused by name; one without an end is not', () => {
  const Period = inOrder(z.object({ from: Timestamp.optional(), to: Timestamp.optional() }));
  const [from, to] = ['2026-01-31T08:00:00Z', '2026-01-31T07:59:59.999Z'];
  expect(Period.safeParse({ from, to }).error?.issues).toMatchObject([{ path: ['to'] }]);
  expect([{ from }, { to }, { from, to: from }].every((period) => Period.safeParse(period).success)).toBe(true);
});

it('prose has several lines, each ended alike, and no control character that a terminal or a log would obey', () => {
  expect(Prose(30).parse(' Seen by two:\r\n\tAnn\rBen\n')).toBe('Seen by two:\n\tAnn\nBen');
  for (const refused of [' \n ', 'a\u0000', 'a\u001b[31m', 'a\u007f', 'x'.repeat(31)]) {
    expect(Prose(30).safeParse(refused).success).toBe(false);
  }
});
