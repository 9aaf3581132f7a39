/** One more step of a JSON pointer (RFC 6901). */
export function pointer(base: string, step: string | number): string {
  if (typeof step === 'number') return `${base}/${step}`;
  return `${base}/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
