import type { Json, JsonPath } from '../model';

/** Where a value, and the object member or array item that holds it, stands in JSON text; ends are exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  /** Start of the member: its key, or the item itself. */
  readonly memberStart: number;
}

/**
 * Where the value at each path stands in valid JSON text, so that it can be replaced without touching a character around
 * it; `undefined` where there is none. Of duplicate keys the last counts, as for `JSON.parse`.
 */
export function locateInJson(text: string, paths: readonly JsonPath[]): readonly (TextSpan | undefined)[] {
  const found = new Array<TextSpan | undefined>(paths.length);
  const start = skipSpace(text, 0);
  const whole = { start, end: skipValue(text, start), memberStart: start };
  locateBelow(text, whole, { paths, wanted: [...paths.keys()], depth: 0 }, found);
  return found;
}

/** Paths that lead through one value, by their positions in the list. */
interface Wanted {
  readonly paths: readonly JsonPath[];
  readonly wanted: readonly number[];
  readonly depth: number;
}

function locateBelow(
  text: string,
  span: TextSpan,
  { paths, wanted, depth }: Wanted,
  found: (TextSpan | undefined)[],
): void {
  const below: number[] = [];
  for (const index of wanted) {
    if (paths[index]!.length === depth) found[index] = span;
    else below.push(index);
  }
  if (below.length === 0) return;
  const byStep = Map.groupBy(below, (index) => paths[index]![depth]!);
  const last = new Map<string | number, TextSpan>();
  for (const [key, member] of members(text, span.start)) if (byStep.has(key)) last.set(key, member);
  for (const [key, member] of last) {
    locateBelow(text, member, { paths, wanted: byStep.get(key)!, depth: depth + 1 }, found);
  }
}

/** A value of JSON text to be written anew; undefined takes its member out, with the comma that set it apart. */
export interface Splice {
  readonly span: TextSpan;
  readonly next: Json | undefined;
}

/** The text with every splice made, from its end on, so that what stands before each is still as it was. */
export function spliceJson(text: string, splices: readonly Splice[]): string {
  const tail: string[] = [];
  let end = text.length;
  for (const { span, next } of splices.toSorted((a, b) => b.span.start - a.span.start)) {
    if (span.end > end) continue;
    const after = text.slice(span.end, end);
    const comma = /^\s*,\s*/.exec(after)?.[0];
    if (next !== undefined) tail.push(after, JSON.stringify(next));
    else tail.push(comma === undefined ? after : after.slice(comma.length));
    if (next !== undefined) end = span.start;
    else end = comma === undefined ? endBefore(text, span.memberStart) : span.memberStart;
  }
  return text.slice(0, end) + tail.reverse().join('');
}

/** Where the text before a last member ends, without the comma between them. */
function endBefore(text: string, memberStart: number): number {
  let end = memberStart;
  while (/\s/.test(text[end - 1]!)) end -= 1;
  return text[end - 1] === ',' ? end - 1 : end;
}

function* members(text: string, start: number): Generator<[string | number, TextSpan]> {
  const close = text[start] === '{' ? '}' : text[start] === '[' ? ']' : undefined;
  if (!close) return;
  let at = skipSpace(text, start + 1);
  for (let index = 0; text[at] !== close && at < text.length; index += 1) {
    const memberStart = at;
    let key: string | number = index;
    if (close === '}') {
      const keyEnd = skipString(text, at);
      key = JSON.parse(text.slice(at, keyEnd)) as string;
      at = skipSpace(text, skipSpace(text, keyEnd) + 1);
    }
    const end = skipValue(text, at);
    yield [key, { start: at, end, memberStart }];
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
}

function skipSpace(text: string, at: number): number {
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}

/** From an opening quote to behind the closing one. */
function skipString(text: string, at: number): number {
  at += 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** From the first character of a value to behind its last; a loop, so that depth costs nothing. */
function skipValue(text: string, at: number): number {
  let depth = 0;
  do {
    const character = text[at]!;
    if (character === '"') at = skipString(text, at);
    else if (character === '{' || character === '[') [depth, at] = [depth + 1, at + 1];
    else if (character === '}' || character === ']') [depth, at] = [depth - 1, at + 1];
    else at += depth === 0 ? /^[^\s,\]}]*/.exec(text.slice(at, at + 400))![0].length || 1 : 1;
  } while (depth > 0 && at < text.length);
  return at;
}
