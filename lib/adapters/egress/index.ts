import { Agent, type Dispatcher, request } from 'undici';
import { readBody } from './body';
import { guardedConnector, type Lookup, resolveGuarded, systemLookup } from './connector';
import { EgressError } from './egress-error';
import { compilePolicy, type EgressPolicy } from './policy';

export { EgressError, type EgressReason } from './egress-error';
export { parseJson } from './json';
export type { EgressPolicy } from './policy';

/** Milliseconds and bytes; the defaults are the house's caps on a foreign reply. */
export type EgressCaps = { connectMs: number; headersMs: number; bodyMs: number; maxBytes: number };

const CAPS: EgressCaps = { connectMs: 10_000, headersMs: 15_000, bodyMs: 60_000, maxBytes: 50 * 1024 * 1024 };

export type EgressRequest = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  caps?: Partial<EgressCaps>;
};

/** A redirect is a reply like any other: it is handed back, never followed. */
export type EgressReply = { status: number; headers: Record<string, string>; body: Buffer };

export type Egress = {
  request(url: string | URL, init?: EgressRequest): Promise<EgressReply>;
  /** The judged addresses of a host, for protocols other than HTTP: connect to these and to nothing else. */
  resolve(host: string, port: number): Promise<string[]>;
  close(): Promise<void>;
};

/**
 * The one way out to an address that a tenant can name. Rejects with `EgressError`, or with the signal's reason.
 * `lookup` stands for DNS in tests.
 */
export function createEgress(
  config: EgressPolicy,
  options: { lookup?: Lookup; caps?: Partial<EgressCaps> } = {},
): Egress {
  const policy = compilePolicy(config);
  const lookup = options.lookup ?? systemLookup;
  const standing = { ...CAPS, ...options.caps };
  const agent = new Agent({
    connect: guardedConnector(policy, lookup, standing.connectMs),
    connections: 6,
    pipelining: 1,
    maxOrigins: 1_000,
  });

  return {
    async request(address, init = {}) {
      const url = parseUrl(address);
      policy.checkUrl(url);
      const caps = { ...standing, ...init.caps };
      init.signal?.throwIfAborted();
      let reply: Dispatcher.ResponseData;
      try {
        reply = await request(url, {
          dispatcher: agent,
          method: (init.method ?? 'GET') as Dispatcher.HttpMethod,
          headers: { 'accept-encoding': 'gzip', ...init.headers },
          body: init.body,
          signal: init.signal,
          headersTimeout: caps.headersMs,
          bodyTimeout: caps.bodyMs,
        });
      } catch (error) {
        init.signal?.throwIfAborted();
        throw asEgressError(error);
      }
      const body = await readBody(reply, caps, init.signal);
      return { status: reply.statusCode, headers: flatten(reply.headers), body };
    },
    async resolve(host, port) {
      return resolveGuarded(policy, lookup, host, port);
    },
    close: () => agent.destroy(),
  };
}

function parseUrl(address: string | URL): URL {
  try {
    return new URL(address);
  } catch {
    throw new EgressError('invalid_address', 'This is not a web address.');
  }
}

function asEgressError(error: unknown): EgressError {
  if (error instanceof EgressError) return error;
  const code = (error as { code?: string }).code;
  if (code === 'UND_ERR_HEADERS_TIMEOUT') {
    return new EgressError('timeout', 'The address accepted the request and did not answer in time.', {
      sent: true,
      cause: error,
    });
  }
  if (code?.startsWith('HPE_'))
    return new EgressError('unreadable', 'What answered does not speak HTTP.', { sent: true, cause: error });
  return new EgressError('interrupted', 'The connection broke before an answer arrived.', { sent: true, cause: error });
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
