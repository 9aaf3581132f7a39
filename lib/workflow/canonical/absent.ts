import { isObject, type Json } from '../model';

/** Whether n8n caches under this key what a reference is called or where it opens: that says nothing about behaviour. */
export function isLabelKey(key: string): boolean {
  return key === 'cachedResultName' || key === 'cachedResultUrl';
}

/**
 * Whether an object's value counts as not there: undefined, null, an empty list, an object of nothing but such values.
 * Empty text is a value, since it can override a default. Items of a list always count.
 */
export function isAbsent(value: Json | undefined): value is undefined {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isObject(value)) return false;
  for (const key of Object.keys(value)) {
    if (!isAbsent(value[key])) return false;
  }
  return true;
}

/** A copy of an object without its absent values, at any depth. Used where an object is needed; digests write text directly. */
export function withoutAbsent(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (!isObject(value)) return value;
  const kept: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (!isAbsent(item)) kept.push([key, withoutAbsent(item as Json)]);
  }
  return Object.fromEntries(kept);
}
