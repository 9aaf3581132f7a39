/** An own field of an object; what the prototype holds is not data. */
export function field<Value>(object: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets an own field of an object, whatever its name; undefined removes it. */
export function setField<Value>(object: Record<string, Value>, key: string, value: Value | undefined): void {
  if (value === undefined) delete object[key];
  else Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
}
