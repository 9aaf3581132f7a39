import { pointer } from '../json-pointer';
import { isObject, type Json, type JsonObject } from '../model';
import type { ProblemList } from './problem';

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A number, or text that spells one as JSON would; `undefined` for everything else. */
export function asNumber(value: Json | undefined): number | undefined {
  const read = typeof value === 'string' && JSON_NUMBER.test(value) ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}

/** One JSON object being read: typed access to its fields, each field of the wrong type reported once. */
export class Fields {
  readonly object: JsonObject;
  readonly path: string;
  private readonly problems: ProblemList;

  constructor(object: JsonObject, path: string, problems: ProblemList) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  /** Field names are ours, never those of a prototype. */
  private get(key: string): Json | undefined {
    const value = this.object[key];
    return value === null ? undefined : value;
  }

  private wrong(key: string, expected: string): void {
    this.problems.add('wrong-type', 'repaired', pointer(this.path, key), `Expected ${expected}`);
  }

  /** A string, or the fallback. Numbers, which old exports use for ids, are read as text. */
  text<T extends string | null>(key: string, fallback: T): string | T {
    const value = this.get(key);
    if (value === undefined) return fallback;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    this.wrong(key, 'text');
    return fallback;
  }

  /** A finite number, or the fallback. Text that spells one is read as that number. */
  number(key: string, fallback: number): number {
    const value = this.get(key);
    if (value === undefined) return fallback;
    const read = asNumber(value);
    if (read !== undefined) return read;
    this.wrong(key, 'a number');
    return fallback;
  }

  /** A boolean; absent means false. */
  flag(key: string): boolean {
    const value = this.get(key);
    if (typeof value === 'boolean') return value;
    if (value !== undefined) this.wrong(key, 'true or false');
    return false;
  }

  /** An object; anything else reads as empty. An empty array is PHP's and JavaScript's usual slip, not worth a problem. */
  record(key: string): JsonObject {
    const value = this.get(key);
    if (isObject(value)) return value;
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) this.wrong(key, 'an object');
    return {};
  }

  /** An array; anything else reads as empty. */
  array(key: string): readonly Json[] {
    const value = this.get(key);
    if (Array.isArray(value)) return value;
    if (value !== undefined) this.wrong(key, 'a list');
    return [];
  }
}
