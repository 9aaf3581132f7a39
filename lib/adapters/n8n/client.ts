import { type Egress, EgressError, type EgressReply, parseJson } from '@/lib/adapters/egress';
import { ProviderError } from '@/lib/ports/provider-error';
import type { Call } from '@/lib/ports/workflow-provider';
import { replyFailure, transportFailure } from './failure';
import type { Instance } from './instance';
import { PATIENT, type Patience, withRetry } from './retry';

export type Query = Record<string, string | number | boolean | undefined>;
export type Write = { method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: string; body?: unknown; query?: Query };

/** HTTP to one n8n. Every method rejects with `ProviderError`, or with the signal's reason. */
export type N8nClient = {
  /** Reads JSON below `/api/v1`. Retried: reading twice is harmless. */
  read(path: string, query?: Query, call?: Call): Promise<unknown>;
  /** Sends one write. Repeated only when the first one certainly was not looked at. */
  write(write: Write, call?: Call): Promise<unknown>;
  /** Any path of the instance, without the key; any status is an answer. */
  ask(path: string, call?: Call & { method?: string; headers?: Record<string, string> }): Promise<EgressReply>;
  /** The same client with another patience. */
  patient(patience: Patience): N8nClient;
};

export function createClient(
  egress: Egress,
  instance: Instance,
  apiKey: string,
  patience: Patience = PATIENT,
): N8nClient {
  const send = async (method: string, url: string, body: unknown, write: boolean, call: Call) => {
    if (write) call.beforeWrite?.();
    const reply = await exchange(
      () =>
        egress.request(url, {
          method,
          headers: {
            accept: 'application/json',
            'x-n8n-api-key': apiKey,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: body === undefined ? undefined : JSON.stringify(body),
          signal: call.signal,
        }),
      write,
    );
    if (reply.status < 200 || reply.status > 299) throw replyFailure(reply, { write, apiKey });
    return readReply(reply, write);
  };

  const persist = <T>(attempt: () => Promise<T>, write: boolean, call: Call) =>
    instance.guard(() => withRetry(() => instance.inSlot(attempt), { write, patience, signal: call.signal }));

  const run = (method: string, url: string, body: unknown, write: boolean, call: Call) =>
    persist(() => send(method, url, body, write, call), write, call);

  return {
    read: (path, query, call = {}) => run('GET', address(instance, path, query), undefined, false, call),
    write: ({ method, path, body, query }, call = {}) => run(method, address(instance, path, query), body, true, call),
    ask(path, call = {}) {
      const { method, headers, signal } = call;
      return persist(
        () => exchange(() => egress.request(instance.baseUrl + path, { method, headers, signal }), false),
        false,
        call,
      );
    },
    patient: (other) => createClient(egress, instance, apiKey, other),
  };
}

async function exchange(request: () => Promise<EgressReply>, write: boolean): Promise<EgressReply> {
  try {
    return await request();
  } catch (error) {
    throw transportFailure(error, { write });
  }
}

/** A success that cannot be read is no success: a proxy's page, a cut body. After a write its fate is open. */
function readReply(reply: EgressReply, write: boolean): unknown {
  if (reply.status === 204 || reply.body.length === 0) return null;
  try {
    return parseJson(reply.body);
  } catch (cause) {
    if (!(cause instanceof EgressError)) throw cause;
    throw write
      ? new ProviderError('outcome_unknown', 'The instance’s answer could not be read.', { cause })
      : new ProviderError('unreadable', `The instance’s answer could not be read. ${cause.message}`, { cause });
  }
}

function address(instance: Instance, path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return `${instance.baseUrl}/api/v1${path}${search.size > 0 ? `?${search}` : ''}`;
}
