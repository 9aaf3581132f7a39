import { isAbsent } from '../canonical/absent';
import { isObject, type Json, type JsonObject } from '../model';
import { field } from '../own-field';

/** Whether two values are the same in canonical form: absent fields and key order do not count. */
export function sameMeaning(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b, sameMeaning);
  return !Array.isArray(b) && sameFields(a as JsonObject, b as JsonObject);
}

/** As `sameMeaning` for the value of an object's key, where absent values are all alike. */
export function sameField(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || sameMeaning(a, b) || (isAbsent(a) && isAbsent(b));
}

function sameFields(a: JsonObject, b: JsonObject): boolean {
  const keys = Object.keys(a);
  const others = Object.keys(b);
  let aligned = 0;
  while (aligned < keys.length && keys[aligned] === others[aligned]) {
    const key = keys[aligned]!;
    if (!sameField(a[key], b[key])) return false;
    aligned += 1;
  }
  for (let index = aligned; index < keys.length; index += 1) {
    if (!sameField(a[keys[index]!], field(b, keys[index]!))) return false;
  }
  for (let index = aligned; index < others.length; index += 1) {
    if (!Object.hasOwn(a, others[index]!) && !isAbsent(b[others[index]!])) return false;
  }
  return true;
}

/** Whether two values are the same JSON, but for the order of keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b, sameJson);
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a).filter((key) => a[key] !== undefined);
  const others = Object.keys(b).filter((key) => b[key] !== undefined);
  return keys.length === others.length && keys.every((key) => sameJson(a[key], field(b, key)));
}

function sameItems(a: readonly Json[], b: readonly Json[], same: (a: Json, b: Json) => boolean): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) {
    if (!same(a[index]!, b[index]!)) return false;
  }
  return true;
}
