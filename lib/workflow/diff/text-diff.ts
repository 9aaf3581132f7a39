/** Consecutive lines that both texts share, or that only one of them has. Line numbers start at 1. */
export interface TextBlock {
  readonly kind: 'same' | 'removed' | 'added';
  readonly lines: readonly string[];
  /** Number of the first line in the old text; for added lines that of the line they come before. */
  readonly from: number;
  /** Number of the first line in the new text; for removed lines that of the line they came before. */
  readonly to: number;
}

/** Beyond this many differing lines the search for a smallest script stops and the rest is given as replaced. */
const MAX_EDITS = 1_000;

/** Compares two texts line by line (Myers' greedy algorithm, common ends set aside first). */
export function textDiff(before: string, after: string): TextBlock[] {
  const a = before.split('\n');
  const b = after.split('\n');
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const script = editScript(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const kinds: TextBlock['kind'][] = [...same(head), ...script, ...same(tail)];
  return blocks(kinds, a, b);
}

function same(count: number): TextBlock['kind'][] {
  return Array.from({ length: count }, () => 'same');
}

function blocks(kinds: readonly TextBlock['kind'][], a: readonly string[], b: readonly string[]): TextBlock[] {
  const found: { kind: TextBlock['kind']; lines: string[]; from: number; to: number }[] = [];
  let [from, to] = [0, 0];
  for (const kind of kinds) {
    const line = kind === 'added' ? b[to]! : a[from]!;
    const last = found.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else found.push({ kind, lines: [line], from: from + 1, to: to + 1 });
    if (kind !== 'added') from += 1;
    if (kind !== 'removed') to += 1;
  }
  return found;
}

/** For each line in turn whether it stays, goes or comes. */
function editScript(a: readonly string[], b: readonly string[]): TextBlock['kind'][] {
  const trace = search(a, b);
  if (!trace) return [...a.map(() => 'removed' as const), ...b.map(() => 'added' as const)];
  const script: TextBlock['kind'][] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reached = trace[edits]!;
    const diagonal = x - y;
    const isDown = goesDown(reached, diagonal, edits);
    const startX = edits === 0 ? 0 : isDown ? at(reached, diagonal + 1) : at(reached, diagonal - 1) + 1;
    for (; x > startX && x > 0 && y > 0; x -= 1, y -= 1) script.push('same');
    if (edits === 0) break;
    script.push(isDown ? 'added' : 'removed');
    if (isDown) y -= 1;
    else x -= 1;
  }
  return script.reverse();
}

type Reached = ReadonlyMap<number, number>;

/** Myers' forward search: for each number of edits, how far every diagonal had been reached before it. */
function search(a: readonly string[], b: readonly string[]): Reached[] | null {
  const reached = new Map<number, number>([[1, 0]]);
  const trace: Reached[] = [];
  for (let edits = 0; edits <= Math.min(a.length + b.length, MAX_EDITS); edits += 1) {
    trace.push(new Map(reached));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = goesDown(reached, diagonal, edits) ? at(reached, diagonal + 1) : at(reached, diagonal - 1) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reached.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return trace;
    }
  }
  return null;
}

function goesDown(reached: Reached, diagonal: number, edits: number): boolean {
  return diagonal === -edits || (diagonal !== edits && at(reached, diagonal - 1) < at(reached, diagonal + 1));
}

function at(reached: Reached, diagonal: number): number {
  return reached.get(diagonal) ?? -1;
}
