import type { Problem } from '@/lib/core/errors';
import { ProblemError } from './problem-error';

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** `/api/v1` + path, with the defined query parameters. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const item of Array.isArray(value) ? value : [value]) search.append(name, String(item));
  }
  const text = search.toString();
  return `/api/v1${path}${text && `?${text}`}`;
}

/** Reads JSON as the person who is signed in, in the tenant the page is about. Throws `ProblemError`. */
export async function apiGet<T>(tenant: string | null, path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = tenant ? { 'x-tenant': tenant } : {};
  return readAnswer<T>(await fetch(apiUrl(path, query), { headers, signal }));
}

/** Sends files, which no server action carries. */
export async function apiUpload<T>(tenant: string, path: string, form: FormData, signal?: AbortSignal): Promise<T> {
  const init = { method: 'POST', headers: { 'x-tenant': tenant }, body: form, signal };
  return readAnswer<T>(await fetch(apiUrl(path), init));
}

async function readAnswer<T>(response: Response): Promise<T> {
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  throw new ProblemError((await response.json()) as Problem);
}
