'use client';

import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { Sort } from './columns';

type ListState<Filter extends string> = {
  search: string;
  /** From 1. */
  page: number;
  sort: Sort;
  filters: Record<Filter, string>;
  setSearch(search: string): void;
  setPage(page: number): void;
  setSort(sort: Sort): void;
  /** An empty value takes the filter away. */
  setFilter(name: Filter, value: string): void;
  /** Whether anything narrows the list, which decides between its two empty states. */
  narrowed: boolean;
  clear(): void;
};

/**
 * Search, sort, page and filters of a list, kept in the URL (`?q=…&sort=-updatedAt&page=2&tag=…`), so that back works
 * and a link opens the same view. `filters` must be stable (module scope).
 */
export function useListState<Filter extends string = never>(options: {
  sort: Sort;
  filters?: readonly Filter[];
}): ListState<Filter> {
  const { sort: firstSort, filters: names } = options;
  const first = writeSort(firstSort);
  const parsers = useMemo(
    () => ({
      q: parseAsString.withDefault(''),
      sort: parseAsString.withDefault(first),
      page: parseAsInteger.withDefault(1),
      ...Object.fromEntries((names ?? []).map((name) => [name, parseAsString.withDefault('')])),
    }),
    [first, names],
  );
  const [values, set] = useQueryStates(parsers, { history: 'push', clearOnDefault: true });
  const texts = values as typeof values & Record<string, string>;

  const filters = Object.fromEntries((names ?? []).map((name) => [name, texts[name] ?? ''])) as Record<Filter, string>;
  const empty = Object.fromEntries((names ?? []).map((name) => [name, null]));
  return {
    search: values.q,
    page: Math.max(1, values.page),
    sort: readSort(values.sort),
    filters,
    // Each letter replaces the last: back should leave the search, not spell it backwards.
    setSearch: (q) => set({ q: q || null, page: null }, { history: 'replace' }),
    setPage: (page) => set({ page }),
    setSort: (sort) => set({ sort: writeSort(sort), page: null }),
    setFilter: (name, value) => set({ [name]: value || null, page: null }),
    narrowed: values.q !== '' || Object.values(filters).some((value) => value !== ''),
    clear: () => set({ ...empty, q: null, page: null }),
  };
}

/** `-name` is descending. */
export function readSort(text: string): Sort {
  return text.startsWith('-') ? { column: text.slice(1), descending: true } : { column: text, descending: false };
}

export function writeSort({ column, descending }: Sort): string {
  return descending ? `-${column}` : column;
}
