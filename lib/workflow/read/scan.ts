import { isObject, type Json, type JsonObject } from '../model';
import { type ProblemList, pointer } from './problem';

/** Nesting beyond this is refused: every walk after the scan may then recurse. */
export const MAX_DEPTH = 100;
/** More values than this are refused: n8n's own limit is a body of 16 MB. */
export const MAX_VALUES = 4_000_000;

/** What one pass over untrusted input found. */
interface Scan {
  /** False when the input cannot be read at all. */
  readonly readable: boolean;
  /** True when a key must be taken out before use. */
  readonly forbiddenKeys: boolean;
}

/** Walks untrusted input once, without recursion: depth, size, forbidden keys, lone surrogates, values that are not JSON. */
export function scan(input: unknown, problems: ProblemList): Scan {
  const values: unknown[] = [input];
  const depths: number[] = [0];
  let seen = 0;
  let forbiddenKeys = false;
  let surrogates = false;
  while (values.length > 0) {
    const value = values.pop();
    const depth = depths.pop()!;
    if (typeof value === 'string') {
      surrogates ||= !value.isWellFormed();
      continue;
    }
    if (typeof value !== 'object' || value === null) {
      if (value === undefined || isScalar(value)) continue;
      return refuse(problems, 'not-json', `A ${typeof value} is not JSON`);
    }
    if (depth >= MAX_DEPTH) return refuse(problems, 'too-deep', `Nested more than ${MAX_DEPTH} levels deep`);
    const children = Array.isArray(value) ? value : Object.values(value);
    if (children !== value && Object.hasOwn(value, '__proto__')) forbiddenKeys = true;
    seen += children.length;
    if (seen > MAX_VALUES) return refuse(problems, 'too-large', `More than ${MAX_VALUES} values`);
    if (children === value && children.includes(undefined)) return refuse(problems, 'not-json', 'A list has a hole');
    for (const child of children) {
      values.push(child);
      depths.push(depth + 1);
    }
  }
  if (surrogates) problems.add('lone-surrogate', 'note', '', 'A string holds half of a surrogate pair');
  return { readable: true, forbiddenKeys };
}

function isScalar(value: unknown): boolean {
  return typeof value === 'boolean' || value === null || (typeof value === 'number' && Number.isFinite(value));
}

function refuse(problems: ProblemList, code: 'not-json' | 'too-deep' | 'too-large', message: string): Scan {
  problems.add(code, 'fatal', '', message);
  return { readable: false, forbiddenKeys: false };
}

/** A copy without `__proto__` keys, each reported. The input has passed `scan`, so its depth is bounded. */
export function withoutForbiddenKeys(value: Json, path: string, problems: ProblemList): Json {
  if (Array.isArray(value)) {
    return value.map((item, index) => withoutForbiddenKeys(item, pointer(path, index), problems));
  }
  if (!isObject(value)) return value;
  const kept: [string, Json | undefined][] = [];
  for (const [key, item] of Object.entries(value as JsonObject)) {
    const at = pointer(path, key);
    if (key === '__proto__') problems.add('forbidden-key', 'repaired', at, 'The key __proto__ was left out');
    else kept.push([key, item === undefined ? undefined : withoutForbiddenKeys(item, at, problems)]);
  }
  return Object.fromEntries(kept);
}
