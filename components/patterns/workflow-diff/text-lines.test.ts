import { describe, expect, it } from 'vitest';
import { textLines } from './text-lines';

const numbered = (count: number) => Array.from({ length: count }, (_, line) => `line ${line}`);

describe('two texts as lines', () => {
  it('marks only what differs inside a line that was changed', () => {
    const lines = textLines('total < 0', 'total <= 0');
    expect(lines).toEqual([
      { kind: 'removed', text: 'total < 0', before: 1, marks: [[6, 7]] },
      { kind: 'added', text: 'total <= 0', after: 1, marks: [[6, 8]] },
    ]);
  });

  it('folds what did not change, but for three lines around a change', () => {
    const before = numbered(20);
    const lines = textLines(before.join('\n'), before.with(10, 'other').join('\n'));
    expect(lines.map((line) => (line.kind === 'gap' ? line.lines : line.kind))).toEqual([
      7,
      ...Array(3).fill('same'),
      'removed',
      'added',
      ...Array(3).fill('same'),
      6,
    ]);
  });

  it('numbers lines as each side counts them', () => {
    const lines = textLines('a\nb', 'new\na\nb');
    expect(lines).toMatchObject([{ after: 1 }, { before: 1, after: 2 }, { before: 2, after: 3 }]);
  });
});
