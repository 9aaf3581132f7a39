import type { FieldError } from './errors';

/** What lies deeper is a workflow's own JSON: it is kept as JSON, which can hold anything. */
const MAX_DEPTH = 3;

/** The texts of an input that no column can hold: PostgreSQL takes neither NUL nor half a surrogate pair. */
export function unstorableTexts(value: unknown, path: readonly string[] = []): FieldError[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [{ path: path.join('.'), message: MESSAGE }];
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value) || path.length >= MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([name, item]) => unstorableTexts(item, [...path, name]));
}

const MESSAGE = 'This holds a character that cannot be kept (NUL, or half of a pair).';
const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();

/** The same text as a column can hold it; what it cannot becomes the replacement character. */
export const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();

/** A search text as LIKE means it: what it holds is looked for as it is. Prisma's `contains` escapes nothing. */
export const literally = (search: string): string => search.replace(/[\\%_]/g, '\\$&');
