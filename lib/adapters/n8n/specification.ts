import { createHash } from 'node:crypto';
import { parse } from 'yaml';

/** The part of JSON Schema that n8n's own specification uses for what it accepts. */
export type Schema = {
  type?: string;
  nullable?: boolean;
  readOnly?: boolean;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
};

/** What one instance says about its own interface, from `/api/v1/openapi.yml`. */
export type Specification = {
  /** Differs when the interface differs. */
  digest: string;
  /** `METHOD /path/{}`: the names of path parameters change between versions, the shape does not. */
  has(operation: string): boolean;
  /** The schema of a JSON request body; null when the operation takes none. */
  body(operation: string): Schema | null;
  /** Whether an operation knows a query parameter. */
  takesQuery(operation: string, parameter: string): boolean;
};

type Raw = { [key: string]: unknown };
const isRecord = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);
const at = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);

const MAX_BYTES = 4 * 1024 * 1024;
/** n8n's own file shares parts by YAML alias, some hundred times. */
const MAX_ALIASES = 20_000;
const MAX_SCHEMA_NODES = 5_000;
const MAX_SCHEMA_DEPTH = 8;

/** One for each version of n8n that is about; the oldest goes. */
const REMEMBERED = 16;
const remembered = new Map<string, Specification>();

/**
 * Null when the text is no OpenAPI document of bearable size: a proxy's page, a switched-off API, an attack. Reading one
 * takes half a second in which nothing else happens, and instances of one version have the same.
 */
export function parseSpecification(text: string): Specification | null {
  if (text.length > MAX_BYTES) return null;
  const digest = digestOf(text);
  const known = remembered.get(digest);
  if (known) return known;
  const specification = readDocument(text, digest);
  if (!specification) return null;
  remembered.set(digest, specification);
  if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!);
  return specification;
}

function readDocument(text: string, digest: string): Specification | null {
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: MAX_ALIASES });
  } catch {
    return null;
  }
  const paths = at(document, 'paths');
  return isRecord(paths) ? describe(document, paths, digest) : null;
}

/**
 * The second source, for instances whose file is out of reach: what `/discover?include=schemas` lists for this key.
 * It knows operations and bodies, no query parameters. Null when the reply is something else.
 */
export function specificationFromDiscovery(reply: unknown): Specification | null {
  const resources = at(at(reply, 'data'), 'resources');
  if (!isRecord(resources)) return null;
  const paths: Record<string, Raw> = {};
  for (const resource of Object.values(resources)) {
    const endpoints = at(resource, 'endpoints');
    for (const endpoint of Array.isArray(endpoints) ? endpoints : []) {
      const path = String(at(endpoint, 'path')).replace(/^.*\/api\/v\d+/, '');
      const schema = at(endpoint, 'requestSchema');
      const operation = schema ? { requestBody: { content: { 'application/json': { schema } } } } : {};
      paths[path] = { ...paths[path], [String(at(endpoint, 'method')).toLowerCase()]: operation };
    }
  }
  return describe({ paths }, paths, digestOf(JSON.stringify(paths)));
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

function describe(document: unknown, paths: Raw, digest: string): Specification {
  const operations = new Map<string, unknown>();
  for (const [path, methods] of Object.entries(paths)) {
    if (!isRecord(methods)) continue;
    const shape = path.replace(/\{[^}]*\}/g, '{}');
    for (const [method, operation] of Object.entries(methods))
      operations.set(`${method.toUpperCase()} ${shape}`, operation);
  }
  const bodies = new Map<string, Schema | null>();
  return {
    digest,
    has: (operation) => operations.has(operation),
    body(operation) {
      if (!bodies.has(operation)) bodies.set(operation, bodySchema(document, operations.get(operation)));
      return bodies.get(operation) ?? null;
    },
    takesQuery: (operation, parameter) => queryParameters(document, operations.get(operation)).includes(parameter),
  };
}

function bodySchema(document: unknown, operation: unknown): Schema | null {
  const body = dereference(document, at(operation, 'requestBody'));
  const schema = at(at(at(body, 'content'), 'application/json'), 'schema');
  return schema === undefined ? null : inline(document, schema, { nodes: MAX_SCHEMA_NODES }, 0);
}

function queryParameters(document: unknown, operation: unknown): string[] {
  const parameters = at(operation, 'parameters');
  if (!Array.isArray(parameters)) return [];
  const resolved = parameters.map((parameter) => dereference(document, parameter));
  return resolved.filter((one) => at(one, 'in') === 'query').map((one) => String(at(one, 'name')));
}

function dereference(document: unknown, value: unknown, hops = 0): unknown {
  const pointer = at(value, '$ref');
  if (typeof pointer !== 'string' || hops > 10) return value;
  const target = pointer.replace(/^#\//, '').split('/').reduce<unknown>(at, document);
  return dereference(document, target, hops + 1);
}

/** References resolved as deep as a workflow goes; what lies deeper, or beyond the budget, accepts anything. */
function inline(document: unknown, value: unknown, budget: { nodes: number }, depth: number): Schema {
  const resolved = dereference(document, value);
  if (!isRecord(resolved) || depth > MAX_SCHEMA_DEPTH || budget.nodes-- <= 0) return {};
  const { properties, items, ...rest } = resolved;
  const schema: Schema = rest;
  if (isRecord(properties)) {
    schema.properties = Object.fromEntries(
      Object.entries(properties).map(([name, one]) => [name, inline(document, one, budget, depth + 1)]),
    );
  }
  if (items !== undefined) schema.items = inline(document, items, budget, depth + 1);
  return schema;
}
