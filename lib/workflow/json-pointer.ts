import type { JsonPath } from './model';

/** One more step of a JSON pointer (RFC 6901). */
export function pointer(base: string, step: string | number): string {
  if (typeof step === 'number') return `${base}/${step}`;
  return `${base}/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A whole path as a JSON pointer. */
export function pointerTo(path: JsonPath): string {
  return path.reduce<string>(pointer, '');
}
