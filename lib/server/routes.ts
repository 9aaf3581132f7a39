import { createHash, randomUUID } from 'node:crypto';
import { AppError, invalid } from '@/lib/core/errors';
import { type Download, downloadType } from '@/lib/core/files';
import { once } from '@/lib/kernel/idempotency';
import type { AnyOperation, Call } from '@/lib/kernel/operation';
import { ANONYMOUS } from '@/lib/kernel/principal';
import { readJson, readMultipart } from './body';
import { readClient, readCredentials } from './credentials';
import { obeysIfMatch, readIfMatch } from './if-match';
import { resolvePrincipal } from './principal';
import { file, json, problem, tellRates } from './respond';
import { kernel } from './runtime';
import { assertSameOrigin } from './same-origin';
import { drainAfterResponse } from './serverless';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type PathParameters = Record<string, string | string[] | undefined>;
/** A Next route handler that still knows its operation: the suites over all doors read it. */
export type Door = ((request: Request, route: { params: Promise<PathParameters> }) => Promise<Response>) & {
  operation: AnyOperation;
};

/**
 * Binds operations to the methods of one path. The path is the folder, everything else is the operation:
 * `export const { GET, POST } = routes({ GET: listThings, POST: createThing })`.
 */
export function routes<const T extends Partial<Record<Method, AnyOperation>>>(operations: T): { [M in keyof T]: Door } {
  const doors = Object.entries(operations).map(([method, operation]) => [
    method,
    door(method as Method, operation as AnyOperation),
  ]);
  return Object.fromEntries(doors);
}

function door(method: Method, operation: AnyOperation): Door {
  const handler = async (request: Request, route: { params: Promise<PathParameters> }): Promise<Response> => {
    const requestId = randomUUID();
    const { pathname } = new URL(request.url);
    const started = performance.now();
    let call: Call | undefined;
    let response: Response;
    try {
      call = await openCall(request, requestId, obeysIfMatch(method, operation));
      await operation.admit(call);
      const parameters = await route.params;
      const idempotencyKey = request.method === 'POST' ? request.headers.get('idempotency-key') : null;
      const input = await readInput(request, operation, parameters);
      response = idempotencyKey
        ? await answerOnce(call, operation, input, idempotencyKey, pathname)
        : await answer(call, operation, input.value);
    } catch (error) {
      response = refuse(error, requestId, pathname);
    }
    if (call) {
      const rates = call.kernel.rateLimiter.state(call.principal, call.client, operation.rateClass ?? 'default');
      if (rates) tellRates(response, rates);
      drainAfterResponse(call.kernel, operation);
    }
    kernel().log.info(
      {
        requestId,
        method: request.method,
        path: pathname,
        status: response.status,
        ms: Math.round(performance.now() - started),
        actor: call?.principal.actor.id ?? 'anonymous',
        tenant: call?.principal.tenant?.id,
      },
      'request',
    );
    return response;
  };
  return Object.assign(handler, { operation });
}

async function openCall(request: Request, requestId: string, isVersioned: boolean): Promise<Call> {
  const ifMatch = readIfMatch(request);
  const credentials = readCredentials(request.headers);
  const paidByCookie = !credentials.bearer && credentials.sessionToken;
  if (paidByCookie && !['GET', 'HEAD'].includes(request.method)) assertSameOrigin(request.headers);
  return {
    kernel: kernel(),
    principal: await resolvePrincipal(kernel().database, credentials),
    requestId,
    client: readClient(request.headers),
    signal: request.signal,
    ifMatch: isVersioned ? ifMatch : null,
  };
}

type Input = { value: Record<string, unknown>; text: string };

/** Path parameters ∪ (GET, DELETE: query; otherwise: body). The path wins, and a test refuses names that clash. */
async function readInput(request: Request, operation: AnyOperation, parameters: PathParameters): Promise<Input> {
  const path = Object.fromEntries(Object.entries(parameters ?? {}).filter(([, value]) => value !== undefined));
  if (request.method === 'GET' || request.method === 'DELETE') {
    return { value: { ...readQuery(new URL(request.url)), ...path }, text: '' };
  }
  if (operation.bodyLimit === 'upload') return { value: { ...(await readMultipart(request)), ...path }, text: '' };
  const { value, text } = await readJson(request, operation.bodyLimit ?? 'json');
  if (value === null || typeof value !== 'object') throw invalid('The body must be a JSON object.');
  return { value: Array.isArray(value) ? { items: value, ...path } : { ...value, ...path }, text };
}

function readQuery(url: URL): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length > 1 ? values : values[0];
  }
  return query;
}

async function answer(call: Call, operation: AnyOperation, input: unknown): Promise<Response> {
  const output = await operation(call, input);
  if (downloadType(operation.output)) return file(output as Download, call.requestId);
  return json(operation.status, output, call.requestId);
}

/** A repeat of the same key gets the first answer; anonymous callers have no scope to keep it in, and files are not kept. */
async function answerOnce(
  call: Call,
  operation: AnyOperation,
  input: Input,
  key: string,
  path: string,
): Promise<Response> {
  if (call.principal === ANONYMOUS || downloadType(operation.output)) return answer(call, operation, input.value);
  const scope = `${call.principal.tenant?.id ?? '-'}:${call.principal.actor.id}:${operation.operation}`;
  const request = {
    scope,
    key,
    body: `${path}\n${input.text || fingerprint(input.value)}`,
    secret: operation.secretOutput === true,
  };
  const reply = await once(call.kernel.database, request, async () => ({
    status: operation.status,
    body: await operation(call, input.value),
  }));
  return json(reply.status, reply.body, call.requestId, reply.replayed ? { 'idempotency-replayed': 'true' } : {});
}

/** What was uploaded, whatever boundary it came with. */
const fingerprint = (value: unknown): string =>
  JSON.stringify(value, (_, item) =>
    item instanceof Uint8Array ? createHash('sha256').update(item).digest('hex') : item,
  );

function refuse(error: unknown, requestId: string, path: string): Response {
  if (!(error instanceof AppError) || error.kind === 'internal') {
    kernel().log.error({ error, requestId, path }, 'request failed');
  }
  return problem(error, requestId, path);
}
