import { apiGet, type Query } from './api';
import { type Noun, queryKey } from './query-keys';

/** What `useQuery` takes: where an answer is kept, and how it is fetched. */
export type Resource<T> = {
  queryKey: readonly unknown[];
  queryFn: (context: { signal: AbortSignal }) => Promise<T>;
};

/**
 * One thing the API can be asked for, defined once: the browser fetches it, the server fills it in beforehand, events
 * make it stale. `resource<Page>(slug, 'workflows', '/workflows', { search })`.
 */
export const resource = <T>(tenant: string, noun: Noun, path: string, query: Query = {}): Resource<T> => ({
  queryKey: queryKey(tenant, noun, path, query),
  queryFn: ({ signal }) => apiGet<T>(tenant, path, query, signal),
});
