import document from '@/public/openapi.json';

/** As much of JSON Schema as our own document uses. */
export type Schema = {
  $ref?: string;
  type?: string | readonly string[];
  format?: string;
  description?: string;
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
};

export type Parameter = { in: string; name: string; required?: boolean; description?: string; schema: Schema };
type Content = Readonly<Record<string, { schema: Schema }>>;
export type Answer = { status: string; description: string; media?: string; schema?: Schema };
type RawOperation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: readonly string[];
  security: readonly Record<string, unknown>[];
  parameters?: readonly Parameter[];
  requestBody?: { content: Content };
  responses: Readonly<Record<string, { description: string; content?: Content }>>;
};

/** One operation with its path and method. */
export type ApiOperation = {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  /** Who may call it: with an API key, with a session, or anybody. */
  access: readonly ('key' | 'session')[];
  parameters: readonly Parameter[];
  body?: { media: string; schema: Schema };
  answers: readonly Answer[];
};

const OPERATIONS: readonly ApiOperation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, RawOperation>).map(([method, raw]) => toOperation(path, method, raw)),
);

function toOperation(path: string, method: string, raw: RawOperation): ApiOperation {
  const [media, content] = Object.entries(raw.requestBody?.content ?? {})[0] ?? [];
  const names = raw.security.flatMap((scheme) => Object.keys(scheme));
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    tag: raw.tags[0] ?? 'other',
    summary: raw.summary,
    description: raw.description ?? '',
    access: [
      ...(names.includes('apiKey') ? ['key' as const] : []),
      ...(names.includes('session') ? ['session' as const] : []),
    ],
    parameters: raw.parameters ?? [],
    body: media && content ? { media, schema: content.schema } : undefined,
    answers: Object.entries(raw.responses).map(([status, { description, content: answer }]) => {
      const [type, of] = Object.entries(answer ?? {})[0] ?? [];
      return { status, description, media: type, schema: of?.schema };
    }),
  };
}

/** The description of the API as a whole. */
export const API_DESCRIPTION = document.info.description;

/** Operations whose words hold every word of the search, by tag; all of them when nothing is searched. */
export function findOperations(search: string): [tag: string, operations: ApiOperation[]][] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = OPERATIONS.filter(({ id, method, path, summary, description }) => {
    const text = `${id} ${method} ${path} ${summary} ${description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return [...Map.groupBy(found, ({ tag }) => tag)].sort(([a], [b]) => (a < b ? -1 : 1));
}

export const findOperation = (id: string): ApiOperation | undefined => OPERATIONS.find((one) => one.id === id);

/** What a reference points to, with its name. A schema that is none stays as it is. */
export function resolveSchema(schema: Schema): { name?: string; schema: Schema } {
  const name = schema.$ref?.split('/').at(-1);
  if (!name) return { schema };
  const schemas = document.components.schemas as unknown as Record<string, Schema>;
  return { name, schema: schemas[name] ?? {} };
}
