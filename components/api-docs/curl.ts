import { type ApiOperation, resolveSchema, type Schema } from './document';

/** A call of the operation for a terminal, with its path and body filled in by examples. */
export function curlOf({ method, path, access, parameters, body }: ApiOperation, origin: string): string {
  const required = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const query = required.map(({ name, schema }) => `${name}=${encodeURIComponent(String(exampleOf(schema)))}`);
  const address = `${origin}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} '${address}'`];
  if (access.includes('key')) lines.push(`-H "Authorization: Bearer $N8NOPS_API_KEY"`);
  else if (access.length > 0) lines.push(`-H "Cookie: n8nops-session=$SESSION" -H "Origin: ${origin}"`);
  if (body?.media === 'application/json') {
    lines.push(`-H 'Content-Type: application/json'`);
    lines.push(`-d '${JSON.stringify(exampleOf(body.schema, true), null, 2).replaceAll("'", "'\\''")}'`);
  } else if (body) {
    lines.push(`-F 'files=@workflow.json'`);
  }
  return lines.join(' \\\n  ');
}

/** A value that fits the shape. Of a body only what is required, so that it stays short. */
function exampleOf(given: Schema, onlyRequired = false, name = ''): unknown {
  const { schema } = resolveSchema(given);
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0], onlyRequired);
  if (schema.properties) return exampleObject(schema, onlyRequired);
  if (schema.type === 'array') return schema.items ? [exampleOf(schema.items, onlyRequired)] : [];
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (schema.type === 'boolean') return true;
  if (schema.type === 'object') return {};
  return EXAMPLES[schema.format ?? name] ?? 'text';
}

function exampleObject({ properties = {}, required = [] }: Schema, onlyRequired: boolean): Record<string, unknown> {
  const all = Object.entries(properties);
  const needed = all.filter(([name]) => required.includes(name));
  const chosen = onlyRequired && needed.length > 0 ? needed : all;
  return Object.fromEntries(chosen.map(([name, field]) => [name, exampleOf(field, onlyRequired, name)]));
}

/** By format; by name where the format is not told. */
const EXAMPLES: Record<string, string> = {
  uuid: '5f3b0a52-7d0e-4c1a-9f51-0f2d6c1b8a77',
  'date-time': '2026-11-23T09:00:00Z',
  email: 'ada@example.com',
  uri: 'https://n8n.example.com',
};
