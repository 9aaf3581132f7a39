import { z } from 'zod';
import { MAX_PAGE_SIZE, PAGE_SIZE } from './paging';

/** Building blocks that every slice's schema shares, so that ids, times and lists look the same everywhere. */
export const Id = z.uuid().meta({ description: 'UUID' });
/** However many digits of a second a caller writes, the same moment is the same text: what is signed or compared is that. */
export const Timestamp = z.iso
  .datetime('Write a time in UTC, like 2026-01-31T08:00:00Z.')
  .refine((text) => !text.startsWith('0000'), 'There is no year 0.')
  .overwrite((text) => {
    const at = Date.parse(text);
    return Number.isNaN(at) ? text : new Date(at).toISOString();
  })
  .meta({ description: 'ISO 8601, UTC' });
export const Slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'Lower-case letters, digits and hyphens.');
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email('This is not an e-mail address.'));
/** A name people type: trimmed, never empty, no control characters. */
export const Name = (max = 100) =>
  z
    .string()
    .trim()
    .min(1, 'This cannot be empty.')
    .max(max, `At most ${max} characters.`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'Control characters are not allowed.');

/** What people write in a box of several lines: trimmed, each line ended by a line feed, no other control character but the tab. */
export const Prose = (max: number, min = 1) =>
  z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, '\n'))
    .trim()
    .min(min, 'This cannot be empty.')
    .max(max, `At most ${max} characters.`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'Control characters are not allowed.');

/** For a list that is narrowed to a time: one that ends before it begins is a mistake, and no empty list. */
export const inOrder = <T extends z.ZodObject>(query: T): T =>
  query.check((ctx) => {
    const { from, to } = ctx.value as { from?: string; to?: string };
    if (!from || !to || from <= to) return;
    ctx.issues.push({ code: 'custom', path: ['to'], message: 'This is before it begins.', input: to });
  });

export const ById = z.object({ id: Id });
export const Nothing = z.void();

/** The query that every list takes; slices add their named filters with `.extend`. */
export const listQuery = <const S extends readonly [string, ...string[]]>(
  sortable: S,
  fallback: `${'' | '-'}${S[number]}`,
) =>
  z.object({
    search: z.string().trim().max(200).optional().meta({ description: 'A part of what the list is searched by.' }),
    sort: z
      .enum(sortable.flatMap((field) => [field, `-${field}`]) as [string, ...string[]])
      .default(fallback)
      .meta({ description: 'A field; with `-` in front, the greatest first.' }),
    page: z.coerce.number().int().min(1).max(1_000_000).default(1).meta({ description: 'From 1.' }),
    pageSize: z.coerce
      .number()
      .int()
      .min(1)
      .max(MAX_PAGE_SIZE)
      .default(PAGE_SIZE)
      .meta({ description: 'How many a page has.' }),
  });

export type ListQuery = { search?: string; sort: string; page: number; pageSize: number };
export type Page<T> = {
  items: T[];
  total: number;
  page: number;
  pageSize: number;
  totalPages: number;
  hasMore: boolean;
};

/** `{items,total,page,pageSize,totalPages,hasMore}`, the shape of every list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    totalPages: z.number().int(),
    hasMore: z.boolean(),
  });

export function toPage<T>(items: T[], total: number, { page, pageSize }: { page: number; pageSize: number }): Page<T> {
  const totalPages = Math.ceil(total / pageSize);
  return { items, total, page, pageSize, totalPages, hasMore: page < totalPages };
}

/** Prisma's `skip`, `take` and `orderBy` for a list query; `id` makes the order total, so pages never overlap. */
export function toSlice({ page, pageSize, sort }: ListQuery) {
  const descending = sort.startsWith('-');
  const field = descending ? sort.slice(1) : sort;
  const direction = descending ? ('desc' as const) : ('asc' as const);
  return { skip: (page - 1) * pageSize, take: pageSize, orderBy: [{ [field]: direction }, { id: direction }] };
}

/** A yes or no in a query string; callers inside the product pass a boolean. */
export const Flag = z.union([z.boolean(), z.stringbool()]);
