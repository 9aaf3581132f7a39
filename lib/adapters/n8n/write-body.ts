import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { Schema } from './specification';

export type WriteBody = { body: Record<string, unknown>; omitted: string[] };

/**
 * What an instance without a readable specification is trusted to accept: the fields every supported version has
 * taken since 1.95.
 */
const OLDEST: Schema = {
  additionalProperties: false,
  properties: {
    name: {},
    nodes: {
      items: {
        additionalProperties: false,
        properties: Object.fromEntries(
          [
            'id name webhookId disabled notesInFlow notes type typeVersion executeOnce alwaysOutputData retryOnFail',
            'maxTries waitBetweenTries continueOnFail onError position parameters credentials',
          ].flatMap((names) => names.split(' ').map((name) => [name, {}])),
        ),
      },
    },
    connections: {},
    settings: {
      additionalProperties: false,
      properties: {
        saveExecutionProgress: { type: 'boolean' },
        saveManualExecutions: { type: 'boolean' },
        saveDataErrorExecution: { enum: ['all', 'none'] },
        saveDataSuccessExecution: { enum: ['all', 'none'] },
        executionTimeout: {},
        errorWorkflow: {},
        timezone: {},
        executionOrder: {},
      },
    },
  },
};

/**
 * The document cut down to what the instance's own schema takes. An allow-list by construction: a field the schema
 * does not name is left out and reported, because each new n8n rejects other fields of what it returned itself.
 */
export function toWriteBody(document: WorkflowDocument, schema: Schema | null): WriteBody {
  const { name, nodes, connections, settings, description, pinData, nodeGroups } = document;
  const wanted = { name, nodes, connections, settings, description, pinData, nodeGroups };
  const omitted: string[] = [];
  const present = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const body = prune(present, schema ?? OLDEST, '', omitted) as Record<string, unknown>;
  return { body, omitted };
}

/** The same rule for the small bodies of other operations. */
export const toBody = (value: Record<string, unknown>, schema: Schema): Record<string, unknown> =>
  prune(value, schema, '', []) as Record<string, unknown>;

function prune(value: unknown, schema: Schema, path: string, omitted: string[]): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item, index) => prune(item, items, `${path}[${index}]`, omitted)) : value;
  }
  if (typeof value !== 'object' || value === null || !schema.properties) return value;
  const kept: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const inner = Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    const where = path ? `${path}.${key}` : key;
    if (accepts(schema, inner, member)) kept.push([key, inner ? prune(member, inner, where, omitted) : member]);
    else omitted.push(where);
  }
  return Object.fromEntries(kept);
}

function accepts(parent: Schema, schema: Schema | undefined, value: unknown): boolean {
  if (!schema) return parent.additionalProperties !== false;
  if (schema.readOnly) return false;
  if (value === null) return schema.nullable === true || schema.type === undefined;
  // n8n returns the word DEFAULT for an unset option and takes it back only where any text will do.
  if (value === 'DEFAULT')
    return schema.enum ? schema.enum.includes(value) : schema.type !== 'boolean' && schema.type !== 'number';
  return true;
}
