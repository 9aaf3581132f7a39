/** Where a value, and the object member or array item that holds it, stands in JSON text; ends are exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  /** Start of the member: its key, or the item itself. */
  readonly memberStart: number;
}

/**
 * Where the value at `path` stands in valid JSON text, so that it can be replaced without touching a character around
 * it; `undefined` when there is none. Of duplicate keys the last counts, as for `JSON.parse`.
 */
export function locateInJson(text: string, path: readonly (string | number)[]): TextSpan | undefined {
  const start = skipSpace(text, 0);
  let span: TextSpan = { start, end: skipValue(text, start), memberStart: start };
  for (const step of path) {
    let found: TextSpan | undefined;
    for (const [key, member] of members(text, span.start)) if (key === step) found = member;
    if (!found) return undefined;
    span = found;
  }
  return span;
}

/** The text without the member at `span`, and without the comma that set it apart. */
export function removeMember(text: string, { memberStart, end }: TextSpan): string {
  const after = skipSpace(text, end);
  if (text[after] === ',') return text.slice(0, memberStart) + text.slice(skipSpace(text, after + 1));
  const before = text.slice(0, memberStart).trimEnd();
  return (before.endsWith(',') ? before.slice(0, -1) : before) + text.slice(end);
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
