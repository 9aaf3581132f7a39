/** A JSON API with the headers that open it. */
export class JsonApi {
  readonly #base: string;
  readonly #headers: Record<string, string>;

  constructor(base: string, headers: Record<string, string>) {
    this.#base = base;
    this.#headers = { 'content-type': 'application/json', ...headers };
  }

  get<Body>(path: string): Promise<Body> {
    return this.#send('GET', path);
  }

  post<Body>(path: string, body?: unknown): Promise<Body> {
    return this.#send('POST', path, body);
  }

  put<Body>(path: string, body: unknown): Promise<Body> {
    return this.#send('PUT', path, body);
  }

  patch<Body>(path: string, body: unknown): Promise<Body> {
    return this.#send('PATCH', path, body);
  }

  delete<Body>(path: string): Promise<Body> {
    return this.#send('DELETE', path);
  }

  async #send<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const response = await fetch(this.#base + path, {
      method,
      headers: this.#headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text.slice(0, 500)}`);
    return (text ? JSON.parse(text) : undefined) as Body;
  }
}

/** An n8n as whoever made the key. */
export const n8nApi = (n8n: { baseUrl: string; apiKey: string }) =>
  new JsonApi(`${n8n.baseUrl}/api/v1`, { 'X-N8N-API-KEY': n8n.apiKey });
