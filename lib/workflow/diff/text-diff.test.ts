import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holds } from '../fixtures/property';
import { textDiff } from './text-diff';

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));

it('rebuilds both texts from its blocks', () => {
  holds(
    fc.property(text, text, (before, after) => {
      const blocks = textDiff(before, after);
      const without = (kind: string) => blocks.filter((block) => block.kind !== kind).flatMap((block) => block.lines);
      expect(without('added').join('\n')).toBe(before);
      expect(without('removed').join('\n')).toBe(after);
    }),
  );
});

it('numbers lines on both sides', () => {
  expect(textDiff('a\nb\nc', 'a\nx\nc\nd')).toEqual([
    { kind: 'same', lines: ['a'], from: 1, to: 1 },
    { kind: 'removed', lines: ['b'], from: 2, to: 2 },
    { kind: 'added', lines: ['x'], from: 3, to: 2 },
    { kind: 'same', lines: ['c'], from: 3, to: 3 },
    { kind: 'added', lines: ['d'], from: 4, to: 4 },
  ]);
});

it('gives up on a smallest script for texts that share nothing, not on the result', () => {
  const lines = (letter: string) => Array.from({ length: 3_000 }, (_, index) => `${letter}${index}`).join('\n');
  expect(textDiff(lines('a'), lines('b')).map((block) => [block.kind, block.lines.length])).toEqual([
    ['removed', 3_000],
    ['added', 3_000],
  ]);
});
