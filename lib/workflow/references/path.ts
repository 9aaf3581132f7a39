import { isObject, type Json, type JsonObject, type JsonPath } from '../model';

/**
 * The value at `path`, or `undefined` when there is none. A string met on the way is JSON text (an inline
 * sub-workflow) and is walked as the document it holds. Inherited properties are never read.
 */
export function valueAt(root: Json | undefined, path: JsonPath): Json | undefined {
  let value = root;
  for (const step of path) {
    const holder = typeof value === 'string' ? parseJson(value) : value;
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, step)) return undefined;
    value = (holder as JsonObject)[step];
  }
  return value;
}

/** JSON text as a value; `undefined` when it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The value as non-empty text; old exports write ids as numbers. */
export function asText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value when it is an object, else an empty one. */
export const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
