import type { TextBlock } from '@/lib/workflow/diff/text-diff';
import { textDiff } from '@/lib/workflow/diff/text-diff';

/** A line as it is drawn: with its numbers on both sides, and the part of it that differs from its counterpart. */
export type TextLine = {
  kind: TextBlock['kind'];
  before?: number;
  after?: number;
  text: string;
  /** From and to which character it differs; absent where the whole line came or went. */
  mark?: readonly [from: number, to: number];
};

/** Unchanged lines between two changes, left out. */
export type Gap = { kind: 'gap'; lines: number };

/** How many unchanged lines stand around a change. */
const CONTEXT = 3;

/** Two texts as lines to draw, long unchanged runs folded. */
export function textLines(before: string, after: string): (TextLine | Gap)[] {
  const blocks = textDiff(before, after);
  return blocks.flatMap((block, index): (TextLine | Gap)[] => {
    if (block.kind === 'same') return fold(block, { first: index === 0, last: index === blocks.length - 1 });
    const partner = partnerOf(blocks, index);
    return block.lines.map((text, line) => {
      const mark = partner && partner.lines.length === block.lines.length && differing(text, partner.lines[line]!);
      const number = block.kind === 'removed' ? { before: block.from + line } : { after: block.to + line };
      return { kind: block.kind, text, ...number, ...(mark ? { mark } : {}) };
    });
  });
}

function fold({ lines, from, to }: TextBlock, { first, last }: { first: boolean; last: boolean }): (TextLine | Gap)[] {
  const drawn = lines.map((text, line): TextLine => ({ kind: 'same', text, before: from + line, after: to + line }));
  const [head, tail] = [first ? 0 : CONTEXT, last ? 0 : CONTEXT];
  const hidden = drawn.length - head - tail;
  if (hidden < 2) return drawn;
  return [...drawn.slice(0, head), { kind: 'gap', lines: hidden }, ...drawn.slice(drawn.length - tail)];
}

/** What replaces a removed block, or was replaced by an added one. */
function partnerOf(blocks: readonly TextBlock[], index: number): TextBlock | undefined {
  const [wanted, beside] = blocks[index]!.kind === 'removed' ? (['added', 1] as const) : (['removed', -1] as const);
  const partner = blocks[index + beside];
  return partner?.kind === wanted ? partner : undefined;
}

/** Where a line differs from another, common ends set aside; undefined when they have too little in common. */
function differing(text: string, other: string): readonly [number, number] | undefined {
  const shorter = Math.min(text.length, other.length);
  let head = 0;
  while (head < shorter && text[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && text.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  return head + tail < shorter / 3 ? undefined : [head, text.length - tail];
}
