import { EgressError } from './egress-error';

export const MAX_JSON_DEPTH = 100;

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** The deepest nesting of a JSON text, read from its bytes: nothing is built before it is known to be flat enough. */
export function jsonDepth(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (OPEN.has(byte)) deepest = Math.max(deepest, ++depth);
    else if (CLOSE.has(byte)) depth--;
  }
  return deepest;
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
