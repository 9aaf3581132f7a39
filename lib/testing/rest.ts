import { everyHandler, type Handler } from './doors';
import { TEST_ENV } from './house';
import type { Caller } from './requests';

// biome-ignore lint/suspicious/noExplicitAny: what a program reads out of JSON
export type Answer = { status: number; body: any; headers: Headers };
export type Rest = (as: Caller, call: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** Asks the real route handlers as an integration would, by `POST /pipelines`; what a query needs stands in the path. */
export async function openRest(): Promise<Rest> {
  const handlers = (await everyHandler()).filter(({ path }) => path.startsWith('/v1/'));
  return async (as, call, body, headers) => {
    const [method, path] = call.split(' ') as [string, string];
    const url = new URL(`${TEST_ENV.APP_ORIGIN}/api/v1${path}`);
    const { handle, params } = find(handlers, method, url.pathname.slice('/api'.length));
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const request = new Request(url, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...as.headers, ...headers },
      ...sent,
    });
    const response = await handle(request, { params: Promise.resolve(params) });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null, headers: response.headers };
  };
}

/** As Next does: a folder with a name goes before one with a parameter. */
function find(handlers: readonly Handler[], method: string, path: string) {
  const fits = handlers.flatMap(({ path: template, method: ofHandler, handle }) => {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
    const match = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    if (!match || ofHandler !== method) return [];
    const values = names.map((name, at) => [name, decodeURIComponent(match[at + 1]!)] as const);
    return [{ handle, params: Object.fromEntries(values), parameters: names.length }];
  });
  const [best] = fits.sort((a, b) => a.parameters - b.parameters);
  if (!best) throw new Error(`No door for ${method} ${path}.`);
  return best;
}
