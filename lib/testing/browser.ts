import { authHandler } from '@/lib/server/auth/handler';
import { TEST_ENV } from './house';

/** A cookie jar in front of the sign-in routes, as a browser on our own pages has it. */
export class Browser {
  readonly cookies = new Map<string, string>();

  get sessionToken(): string | null {
    return this.cookies.get('n8nops-session') ?? null;
  }

  get(path: string): Promise<Response> {
    return this.#send(new Request(`${TEST_ENV.APP_ORIGIN}/api/auth/${path}`, { headers: { cookie: this.#header() } }));
  }

  async post(path: string, fields: Record<string, string>, origin = TEST_ENV.APP_ORIGIN): Promise<Response> {
    const { csrfToken } = (await (await this.get('csrf')).json()) as { csrfToken: string };
    const headers = { cookie: this.#header(), origin, 'content-type': 'application/json' };
    const body = JSON.stringify({ csrfToken, json: 'true', ...fields });
    return this.#send(new Request(`${TEST_ENV.APP_ORIGIN}/api/auth/${path}`, { method: 'POST', headers, body }));
  }

  async #send(request: Request): Promise<Response> {
    const nextauth = new URL(request.url).pathname.split('/').slice(3);
    const response = await authHandler(request, { params: Promise.resolve({ nextauth }) });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split(/=(.*)/s);
      if (value) this.cookies.set(name, decodeURIComponent(value));
      else this.cookies.delete(name);
    }
    return response;
  }

  #header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
  }
}
