import { randomUUID } from 'node:crypto';
import NextAuth from 'next-auth';
import { notFound } from '@/lib/core/errors';
import { ANONYMOUS } from '@/lib/kernel/principal';
import { readJson } from '../body';
import { readClient, readCredentials } from '../credentials';
import { problem } from '../respond';
import { kernel } from '../runtime';
import { assertSameOrigin } from '../same-origin';
import { authOptions } from './options';

type Route = { params: Promise<{ nextauth: string[] }> };

/** What next-auth is asked for. The rest of its surface (a log that strangers may write to, pages of its own) is shut. */
const ACTIONS: Record<string, readonly string[]> = {
  GET: ['csrf', 'session', 'signin', 'callback', 'error'],
  POST: ['signin', 'callback', 'signout'],
};

/**
 * next-auth behind our own rules: JSON bodies of bounded size, writes from our pages only, no cache. It is called by its
 * interface for plain Node, which needs nothing of Next around it.
 */
export async function authHandler(request: Request, route: Route): Promise<Response> {
  const requestId = randomUUID();
  const url = new URL(request.url);
  try {
    const { nextauth } = await route.params;
    if (!ACTIONS[request.method]?.includes(nextauth[0] ?? '')) throw notFound('page');
    const client = readClient(request.headers);
    if (request.method === 'POST') {
      assertSameOrigin(request.headers);
      // A guess costs us a hash, so it counts against the address, whatever account it names.
      await kernel().rateLimiter.consume(ANONYMOUS, client, 'default');
    }
    const options = authOptions({
      kernel: kernel(),
      client,
      requestId,
      sessionToken: readCredentials(request.headers).sessionToken,
    });
    const incoming = {
      method: request.method,
      query: { ...Object.fromEntries(url.searchParams), nextauth },
      headers: Object.fromEntries(request.headers),
      cookies: readCookies(request.headers.get('cookie')),
      body: request.method === 'POST' ? (await readJson(request, 'json')).value : undefined,
    };
    const reply = new Reply(requestId);
    await NextAuth(incoming as never, reply as never, options);
    return reply.toResponse();
  } catch (error) {
    return problem(error, requestId, url.pathname);
  }
}

function readCookies(header: string | null): Record<string, string> {
  const pairs = (header ?? '').split(';').map((part) => part.trim().split(/=(.*)/s));
  return Object.fromEntries(pairs.filter(([name]) => name).map(([name, value = '']) => [name, decode(value)]));
}

/** A cookie that somebody else set may hold anything. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** As much of Node's response as next-auth writes to. */
class Reply {
  #status = 200;
  #body: string | null = null;
  readonly #headers: Headers;

  constructor(requestId: string) {
    this.#headers = new Headers({ 'cache-control': 'private, no-store', 'x-request-id': requestId });
  }

  status(code: number): this {
    this.#status = code;
    return this;
  }

  getHeader(name: string): string | string[] | undefined {
    return name.toLowerCase() === 'set-cookie' ? this.#headers.getSetCookie() : (this.#headers.get(name) ?? undefined);
  }

  setHeader(name: string, value: string | string[]): this {
    this.#headers.delete(name);
    for (const one of [value].flat()) this.#headers.append(name, one);
    return this;
  }

  json(body: unknown): void {
    this.setHeader('content-type', 'application/json');
    this.#body = JSON.stringify(body);
  }

  send(body: unknown): void {
    if (typeof body === 'string') this.#body = body;
    else if (body !== undefined) this.json(body);
  }

  end(): void {}

  toResponse(): Response {
    return new Response(this.#body, { status: this.#status, headers: this.#headers });
  }
}
