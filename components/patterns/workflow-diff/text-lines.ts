import type { TextBlock } from '@/lib/workflow/diff/text-diff';
import { textDiff } from '@/lib/workflow/diff/text-diff';

/** From one character of a line to another. */
export type Span = readonly [from: number, to: number];

/** A line as it is drawn: with its numbers on both sides, and the part of it that differs from its counterpart. */
export type TextLine = {
  kind: TextBlock['kind'];
  before?: number;
  after?: number;
  text: string;
  /** Where it differs; absent where the whole line came or went. */
  marks?: readonly Span[];
};

/** Unchanged lines between two changes, left out. */
export type Gap = { kind: 'gap'; lines: number };

/** How many unchanged lines stand around a change. */
const CONTEXT = 3;

/** Longer lines are not compared word by word. */
const MAX_LENGTH = 2_000;

/** Two texts as lines to draw, long unchanged runs folded. */
export function textLines(before: string, after: string): (TextLine | Gap)[] {
  const blocks = textDiff(before, after);
  return blocks.flatMap((block, index): (TextLine | Gap)[] => {
    if (block.kind === 'same') return fold(block, { first: index === 0, last: index === blocks.length - 1 });
    const partner = partnerOf(blocks, index);
    return block.lines.map((text, line) => {
      const marks = partner && partner.lines.length === block.lines.length && differing(text, partner.lines[line]!);
      const number = block.kind === 'removed' ? { before: block.from + line } : { after: block.to + line };
      return { kind: block.kind, text, ...number, ...(marks ? { marks } : {}) };
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

/** Where a line differs from another, word by word; undefined when they have too little in common. */
function differing(text: string, other: string): Span[] | undefined {
  if (text.length + other.length > MAX_LENGTH) return undefined;
  const spans: Span[] = [];
  let [at, marked] = [0, 0];
  for (const { kind, lines } of textDiff(words(other), words(text))) {
    if (kind === 'removed') continue;
    const { length } = lines.join('');
    if (kind === 'added') spans.push([at, at + length]);
    if (kind === 'added') marked += length;
    at += length;
  }
  return marked > (text.length * 2) / 3 ? undefined : spans;
}

/** Each word and each other character on a line of its own. */
function words(line: string): string {
  return line.match(/\w+|\s+|[^\w\s]+/g)?.join('\n') ?? '';
}
