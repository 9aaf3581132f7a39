import { pointer } from '../json-pointer';
import { isObject, type Json, type JsonObject } from '../model';
import type { ProblemList } from './problem';

/** Nesting beyond this is refused, so that every walk after the scan may recurse. */
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

/** Walks untrusted input once: depth, size, forbidden keys, lone surrogates, values that are not JSON. */
export function scan(input: unknown, problems: ProblemList): Scan {
  const walk = new Walk();
  const readable = walk.visit(input, 0);
  if (walk.refusal) problems.add(walk.refusal.code, 'fatal', '', walk.refusal.message);
  if (walk.loneSurrogates) problems.add('lone-surrogate', 'note', '', 'A string holds half of a surrogate pair');
  return { readable, forbiddenKeys: walk.forbiddenKeys };
}

/** The recursion ends at `MAX_DEPTH`, whatever the input, so it cannot exhaust the stack. */
class Walk {
  forbiddenKeys = false;
  loneSurrogates = false;
  refusal: { code: 'not-json' | 'too-deep' | 'too-large'; message: string } | null = null;
  private seen = 0;

  /** False when the value is refused. */
  visit(value: unknown, depth: number): boolean {
    if (typeof value === 'string') {
      if (!value.isWellFormed()) this.loneSurrogates = true;
      return true;
    }
    if (typeof value === 'number') return Number.isFinite(value) || this.refuse('not-json', `${value} is not JSON`);
    if (typeof value === 'boolean' || value === null) return true;
    if (typeof value !== 'object') return this.refuse('not-json', `A ${typeof value} is not JSON`);
    if (depth >= MAX_DEPTH) return this.refuse('too-deep', `Nested more than ${MAX_DEPTH} levels deep`);
    return Array.isArray(value) ? this.visitItems(value, depth) : this.visitFields(value as JsonObject, depth);
  }

  private visitItems(items: readonly unknown[], depth: number): boolean {
    if (!this.count(items.length)) return false;
    for (let index = 0; index < items.length; index += 1) {
      if (!this.visit(items[index], depth + 1)) return false;
    }
    return true;
  }

  private visitFields(object: JsonObject, depth: number): boolean {
    const keys = Object.keys(object);
    if (!this.count(keys.length)) return false;
    for (const key of keys) {
      if (key === '__proto__') this.forbiddenKeys = true;
      if (!key.isWellFormed()) this.loneSurrogates = true;
      const value = object[key];
      if (value !== undefined && !this.visit(value, depth + 1)) return false;
    }
    return true;
  }

  private count(values: number): boolean {
    this.seen += values;
    return this.seen <= MAX_VALUES || this.refuse('too-large', `More than ${MAX_VALUES} values`);
  }

  private refuse(code: 'not-json' | 'too-deep' | 'too-large', message: string): false {
    this.refusal = { code, message };
    return false;
  }
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
