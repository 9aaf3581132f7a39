import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { downloadType } from '@/lib/core/files';
import type { FlatDoor } from './doors';
import { TEST_ENV, type TestTenant } from './house';
import { minimalInput } from './minimal-input';

/** Who knocks: what a browser or a program would send along. */
export type Caller = { name: string; headers: Record<string, string> };

const SAME_ORIGIN = { origin: TEST_ENV.APP_ORIGIN, 'sec-fetch-site': 'same-origin' };

export const anonymous: Caller = { name: 'anonymous', headers: {} };
export const withSession = (name: string, sessionToken: string, tenant: string): Caller => ({
  name,
  headers: { cookie: `n8nops-session=${sessionToken}`, 'x-tenant': tenant, ...SAME_ORIGIN },
});
export const withKey = (name: string, key: string): Caller => ({ name, headers: { authorization: `Bearer ${key}` } });
export const adminOf = ({ people, slug }: TestTenant): Caller => withSession('admin', people.admin.sessionToken, slug);

export type Knock = {
  as: Caller;
  /** Stands for every path parameter and every UUID of the input. */
  id?: string;
  withOptionalIds?: boolean;
  headers?: Record<string, string>;
  /** Added to the query or body, whatever it says. */
  also?: Record<string, unknown>;
  /** Instead of the smallest valid input. */
  body?: BodyInit | null;
};

/** The smallest valid input of a door without its path parameters. */
export function inputOf({ operation, parameters }: FlatDoor, id: string, withOptionalIds = false) {
  const input = (minimalInput(operation.input, { id, withOptionalIds }) ?? {}) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(input).filter(([name]) => !parameters.includes(name)));
}

/** Knocks at the real route handler with the smallest valid request, changed as asked. */
export async function knock(flat: FlatDoor, { as, id = randomUUID(), headers, ...knock }: Knock): Promise<Response> {
  const { door, method, path, parameters } = flat;
  const values = Object.fromEntries(parameters.map((name) => [name, parameterValue(flat, name, id)]));
  const url = new URL(`${TEST_ENV.APP_ORIGIN}/api/v1${path.replaceAll(/\{(\w+)\}/g, (_, name) => values[name]!)}`);
  const input = { ...inputOf(flat, id, knock.withOptionalIds), ...knock.also };
  const hasBody = method !== 'GET' && method !== 'DELETE';
  if (!hasBody) for (const [name, value] of Object.entries(input)) appendQuery(url, name, value);
  const sent = hasBody ? bodyOf(flat, input) : { headers: {}, body: undefined };
  const request = new Request(url, {
    method,
    headers: { ...sent.headers, ...as.headers, ...headers },
    ...(hasBody ? { body: knock.body === undefined ? sent.body : knock.body, duplex: 'half' } : {}),
  } as RequestInit);
  return door(request, { params: Promise.resolve(values) });
}

/** A parameter takes an id unless its schema wants something else, like a name out of a list. */
function parameterValue({ fields }: FlatDoor, name: string, id: string): string {
  const field = fields[name];
  return field && !field.safeParse(id).success ? String(minimalInput(field, { id })) : id;
}

function appendQuery(url: URL, name: string, value: unknown): void {
  for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one));
}

function bodyOf({ operation }: FlatDoor, input: Record<string, unknown>) {
  if (operation.bodyLimit !== 'upload') {
    return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) };
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(input)) if (name !== 'files') form.append(name, String(value));
  form.append('files', new File(['{}'], 'example.json', { type: 'application/json' }));
  return { headers: {}, body: form };
}

/** What every answer owes its caller, whatever it says. */
export function expectManners(response: Response): void {
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get('cache-control')).toContain('no-store');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const type = response.headers.get('content-type') ?? '';
  if (response.status >= 400) expect(type).toBe('application/problem+json');
}

/** The answer's text without what differs from call to call: its request id, and the id that was asked for. */
export async function comparable(response: Response, id: string): Promise<string> {
  const text = await response.text();
  const requestId = response.headers.get('x-request-id') ?? '';
  return `${response.status} ${text.replaceAll(requestId, '<request>').replaceAll(id, '<id>')}`;
}

export const answersWithFile = ({ operation }: FlatDoor): boolean => downloadType(operation.output) !== undefined;
