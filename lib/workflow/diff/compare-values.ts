import { isAbsent } from '../canonical/absent';
import { isObject, type Json, type JsonObject, type JsonPath } from '../model';
import { field } from '../own-field';
import { sameField, sameMeaning } from './same';

/** One difference inside a value; undefined means absent, on a list index an inserted or removed item. */
export interface ValueChange {
  readonly path: JsonPath;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** The differences between two objects, as deep as they go, in an order in which they can be applied. */
export function compareObjects(before: JsonObject, after: JsonObject, path: JsonPath): ValueChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changes: ValueChange[] = [];
  for (const key of [...keys].sort()) {
    const a = field(before, key);
    const b = field(after, key);
    if (!sameField(a, b)) changes.push(...compareField(a, b, [...path, key]));
  }
  return changes;
}

function compareField(a: Json | undefined, b: Json | undefined, path: JsonPath): ValueChange[] {
  if (isAbsent(a)) return [{ path, before: undefined, after: b }];
  if (isAbsent(b)) return [{ path, before: a, after: undefined }];
  return compareValues(a as Json, b as Json, path);
}

function compareValues(a: Json, b: Json, path: JsonPath): ValueChange[] {
  if (isObject(a) && isObject(b)) return compareObjects(a, b, path);
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b, path);
  return [{ path, before: a, after: b }];
}

/**
 * Lists are aligned at both ends; what lies between is compared item by item, the surplus inserted or removed.
 * Changed items come first, under old indexes; then removals from the back, or insertions from the front.
 */
function compareLists(a: readonly Json[], b: readonly Json[], path: JsonPath): ValueChange[] {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && sameItem(a[head]!, b[head]!)) head += 1;
  let tail = 0;
  while (tail < shorter - head && sameItem(a[a.length - 1 - tail]!, b[b.length - 1 - tail]!)) tail += 1;
  const changes: ValueChange[] = [];
  const paired = shorter - tail;
  for (let index = 0; index < paired; index += 1) changes.push(...compareItems(a, b, index, index, path));
  for (let back = tail; back > 0; back -= 1) {
    changes.push(...compareItems(a, b, a.length - back, b.length - back, path));
  }
  for (let index = a.length - tail - 1; index >= paired; index -= 1) {
    changes.push({ path: [...path, index], before: a[index]!, after: undefined });
  }
  for (let index = paired; index < b.length - tail; index += 1) {
    changes.push({ path: [...path, index], before: undefined, after: b[index]! });
  }
  return changes;
}

function compareItems(a: readonly Json[], b: readonly Json[], from: number, to: number, path: JsonPath): ValueChange[] {
  return sameMeaning(a[from]!, b[to]!) ? [] : compareValues(a[from]!, b[to]!, [...path, from]);
}

/** n8n gives the items of many lists an id: such an item is the same one even when its content changed. */
function sameItem(a: Json, b: Json): boolean {
  if (isObject(a) && isObject(b) && typeof a.id === 'string' && a.id !== '' && a.id === b.id) return true;
  return sameMeaning(a, b);
}
