import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { ERROR_STATUS } from '@/lib/core/errors';
import { downloadType } from '@/lib/core/files';
import { isPlatformPermission } from '@/lib/core/permissions';
import type { AnyOperation } from '@/lib/kernel/operation';
import { tellRateLimit } from '@/lib/kernel/rate-limiter';
import { obeysIfMatch } from './if-match';
import type { Door, Method } from './routes';

/** One path with the doors that stand on it; `path` in OpenAPI's notation, `/environments/{id}`. */
export type DoorsOfPath = { path: string; doors: Partial<Record<Method, Door>> };

const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string().optional(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    rule: z.string().optional(),
    allowedBy: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. `code` is for programs, `detail` for people.' });

/** Derives the OpenAPI 3.1 document from the doors: nothing in it is written by hand. */
export function describeApi(paths: readonly DoorsOfPath[]) {
  const described: ZodOpenApiPathsObject = {};
  for (const { path, doors } of paths) {
    described[`/api/v1${path}`] = Object.fromEntries(
      Object.entries(doors).map(([method, door]) => [
        method.toLowerCase(),
        describeOperation(path, method as Method, door.operation),
      ]),
    );
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'n8n Ops',
      version: '1',
      description:
        'One inventory, one history, safe promotions across n8n instances. Lists are `{items,total,page,pageSize,totalPages,hasMore}`; errors are `application/problem+json`; POST takes `Idempotency-Key`; PUT and PATCH take `If-Match`, and so do those that list it; every answer says what is left of its limit (`RateLimit-Remaining`).',
    },
    paths: described,
    components: {
      headers: HEADERS,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `n8nops_…`.' },
        session: { type: 'apiKey', in: 'cookie', name: 'n8nops-session', description: 'A person, signed in.' },
      },
    },
  });
}

function describeOperation(path: string, method: Method, operation: AnyOperation): ZodOpenApiOperationObject {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const shape = (operation.input as z.ZodObject).shape ?? {};
  const inPath = pick(shape, (name) => parameters.includes(name));
  const rest = pick(shape, (name) => !parameters.includes(name));
  const hasQuery = method === 'GET' || method === 'DELETE';
  const headers = headersOf(method, operation);
  const rateLimit = tellRateLimit(operation.rateClass ?? 'default', operation.permission === 'public');
  const media = operation.bodyLimit === 'upload' ? 'multipart/form-data' : 'application/json';
  return {
    operationId: operation.operation,
    summary: operation.summary,
    description: [operation.description, `Needs: \`${operation.permission}\`; ${rateLimit}.`]
      .filter(Boolean)
      .join('\n\n'),
    tags: [path.split('/')[1]!],
    security: operation.permission === 'public' ? [] : security(operation),
    requestParams: {
      ...(parameters.length > 0 ? { path: z.object(inPath) } : {}),
      ...(hasQuery && Object.keys(rest).length > 0 ? { query: z.object(rest) } : {}),
      ...(headers ? { header: z.object(headers) } : {}),
    },
    ...(!hasQuery && Object.keys(rest).length > 0
      ? { requestBody: { required: !isOptional(rest), content: { [media]: { schema: bodyOf(operation, rest) } } } }
      : {}),
    responses: { [String(operation.status)]: success(operation), ...failures(operation, method, shape) },
  } as unknown as ZodOpenApiOperationObject;
}

/** What a body may hold beside what is listed: nothing, where the operation turns it back. */
const bodyOf = ({ input }: AnyOperation, rest: Record<string, z.ZodType>): z.ZodObject =>
  (input as z.ZodObject).def.catchall?._zod.def.type === 'never' ? z.strictObject(rest) : z.object(rest);

const isOptional = (fields: Record<string, z.ZodType>): boolean =>
  Object.values(fields).every((field) => field.safeParse(undefined).success);

const IDEMPOTENCY = z.string().optional().meta({
  description: 'Any text of your own: the same request with the same key is done once, and answered alike each time.',
});
const IF_MATCH = z.string().optional().meta({
  description:
    'The `ETag` of the answer that you decided on: when somebody changed it since, nothing is written (412).',
});
function headersOf(method: Method, operation: AnyOperation): Record<string, z.ZodType> | null {
  const headers = {
    ...(method === 'POST' ? { 'Idempotency-Key': IDEMPOTENCY } : {}),
    ...(obeysIfMatch(method, operation) ? { 'If-Match': IF_MATCH } : {}),
  };
  return Object.keys(headers).length > 0 ? headers : null;
}
const PRECONDITION_FAILED = 412;
const UNAVAILABLE = 503;

const security = ({ permission }: AnyOperation) =>
  permission === 'signed-in' || isPlatformPermission(permission)
    ? [{ session: [] }]
    : [{ apiKey: [] }, { session: [] }];

const pick = (shape: Record<string, z.ZodType>, wanted: (name: string) => boolean): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(shape).filter(([name]) => wanted(name)));

/** What answers carry beside their body. */
const HEADERS = {
  ETag: { description: 'The version of the answer, for `If-Match`.', schema: { type: 'string' } },
  Location: { description: 'The job that carries it out.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds until it is worth another try.', schema: { type: 'integer' } },
  'RateLimit-Limit': {
    description: 'Requests in a window of the limit that this one counted in.',
    schema: { type: 'integer' },
  },
  'RateLimit-Remaining': { description: 'How many of them are left.', schema: { type: 'integer' } },
  'RateLimit-Reset': { description: 'Seconds until the window ends.', schema: { type: 'integer' } },
} as const;
const carrying = (...names: (keyof typeof HEADERS)[]) => ({
  headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
});
const RATES = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const;

function success({ status, output, summary, rateClass }: AnyOperation) {
  const { version, jobId } = ((output as z.ZodObject).shape ?? {}) as Record<string, z.ZodType | undefined>;
  const headers = carrying(
    ...(version?.safeParse(1).success ? (['ETag'] as const) : []),
    ...(jobId && status === 202 ? (['Location'] as const) : []),
    ...(rateClass === 'sign-in' ? [] : RATES),
  );
  if (status === 204) return { description: 'Done', ...headers };
  const type = downloadType(output);
  const content = type
    ? { [type]: { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: output } };
  return { description: type ? 'The file' : summary, ...headers, content };
}

/** How each status comes about; one that stands in no list of an operation is covered by `default`. */
const WORDS: Record<number, string> = {
  401: 'Nobody is signed in, and no valid API key was sent',
  403: 'The role, the scopes of the key, or the plan do not allow it',
  404: 'Something that is named is not there, or not yours',
  409: 'It does not go together with how things stand; `rule` and `allowedBy` say what would allow it, where a rule refused',
  412: 'Somebody changed it since the `ETag` in `If-Match`; nothing was written',
  422: 'The input is not valid; `errors` names each field',
  429: 'Too many requests; `Retry-After` says when to come back',
  502: 'An instance or another system did not answer as it should',
  503: 'An instance or another system is away, or has too much to do',
};

/** A list that is narrowed to something which is not there is empty; everything else that names it fails. */
const namesThings = (fields: Record<string, z.ZodType>, method: Method): boolean =>
  Object.values(fields).some(
    (field) =>
      (method !== 'GET' || !isOptional({ field })) && JSON.stringify(z.toJSONSchema(field, AS_SENT)).includes('"uuid"'),
  );
const AS_SENT = { io: 'input', unrepresentable: 'any' } as const;

/** Where waiting helps. */
const waiting = (status: number) =>
  status === ERROR_STATUS.rate_limited
    ? carrying('Retry-After', ...RATES)
    : status === UNAVAILABLE
      ? carrying('Retry-After')
      : {};

function failures(operation: AnyOperation, method: Method, fields: Record<string, z.ZodType>) {
  const statuses = new Set<number>([ERROR_STATUS.invalid, ERROR_STATUS.rate_limited]);
  if (operation.permission !== 'public') statuses.add(ERROR_STATUS.unauthenticated).add(ERROR_STATUS.forbidden);
  if (namesThings(fields, method)) statuses.add(ERROR_STATUS.not_found);
  if (obeysIfMatch(method, operation)) statuses.add(PRECONDITION_FAILED);
  if (operation.effect !== 'read') statuses.add(ERROR_STATUS.conflict);
  if (operation.effect === 'external' || operation.asksInstance) statuses.add(ERROR_STATUS.upstream).add(UNAVAILABLE);
  const content = { 'application/problem+json': { schema: ProblemSchema } };
  const named = [...statuses]
    .sort()
    .map((status) => [String(status), { description: WORDS[status], ...waiting(status), content }] as const);
  const other = {
    description: 'Any other problem; 503 while the database is away',
    ...carrying('Retry-After'),
    content,
  };
  return { ...Object.fromEntries(named), default: other };
}
