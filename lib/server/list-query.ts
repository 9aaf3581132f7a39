import type { SearchParams } from './page';

type Sort = { column: string; descending: boolean };

/**
 * The query of the API for a list page's URL: the same that the browser will ask for, so that what the server fills in
 * beforehand is found. Values that no list would write are left to the operation to refuse.
 */
export function listQueryFrom(parameters: Awaited<SearchParams>, firstSort: Sort, filters: readonly string[]) {
  const text = (name: string) => (typeof parameters[name] === 'string' ? parameters[name] || undefined : undefined);
  const first = `${firstSort.descending ? '-' : ''}${firstSort.column}`;
  return {
    search: text('q'),
    sort: text('sort') ?? first,
    page: Math.max(1, Number.parseInt(text('page') ?? '1', 10) || 1),
    ...Object.fromEntries(filters.flatMap((name) => (text(name) ? [[name, text(name)]] : []))),
  };
}
