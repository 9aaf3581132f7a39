import { EgressError } from './egress-error';

export const MAX_JSON_DEPTH = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [0x5b, 0x7b, 0x5d, 0x7d];

/** The deepest nesting of a JSON text, read from its bytes: nothing is built before it is known to be flat enough. */
export function jsonDepth(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at + 1);
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) deepest = Math.max(deepest, ++depth);
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
  }
  return deepest;
}

/** So many bytes are looked at one by one; most strings end before, and a search costs as much to begin. */
const NEAR = 24;

/** Where the quote stands that ends the string beginning at `start`; the end of the bytes when none does. */
function endOfString(bytes: Buffer, start: number): number {
  let at = start;
  for (const far = Math.min(start + NEAR, bytes.length); at < far; at++) {
    if (bytes[at] === QUOTE) return at;
    if (bytes[at] === BACKSLASH) at++;
  }
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote === -1) return bytes.length;
    let escapes = quote;
    while (escapes > at && bytes[escapes - 1] === BACKSLASH) escapes--;
    if ((quote - escapes) % 2 === 0) return quote;
    at = quote + 1;
  }
}

/** Throws `unreadable` for what is not JSON or is nested deeper than 100 levels. */
export function parseJson(bytes: Buffer): unknown {
  if (jsonDepth(bytes) > MAX_JSON_DEPTH) {
    throw new EgressError('unreadable', `The reply is nested deeper than ${MAX_JSON_DEPTH} levels.`, { sent: true });
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new EgressError('unreadable', 'The reply is not valid JSON.', { sent: true, cause });
  }
}
