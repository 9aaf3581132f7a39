import { isLabelKey } from '../canonical/absent';
import type { JsonPath } from '../model';
import { type NodeKind, nodeKind } from '../node-kind';
import type { ChangeClass, TextKind } from './change';

const COSMETIC_FIELDS: ReadonlySet<string | number | undefined> = new Set(['id', 'notes', 'notesInFlow', 'position']);

/** Fields and parameters of a trigger that decide whether and where it can be reached; all else in it is its behaviour. */
const BY_KIND: Record<NodeKind, ChangeClass> = {
  schedule: 'schedule',
  trigger: 'exposure',
  step: 'behaviour',
  note: 'cosmetic',
};

const EXPOSING_SETTINGS: ReadonlySet<string | number | undefined> = new Set([
  'availableInMCP',
  'callerIds',
  'callerPolicy',
]);

/** The class of a node's appearance or disappearance. */
export function nodeClass(type: string): ChangeClass {
  return BY_KIND[nodeKind(type)];
}

/** The class of a change inside a node, by the path from the node. */
export function nodeFieldClass(type: string, path: JsonPath): ChangeClass {
  const [field, parameter] = path;
  const kind = nodeKind(type);
  if (kind === 'note' || COSMETIC_FIELDS.has(field) || isLabel(path)) return 'cosmetic';
  if (field === 'credentials') return 'credential';
  if (field === 'webhookId') return 'exposure';
  if (field === 'parameters' && parameter === 'pollTimes') return 'schedule';
  return field === 'parameters' || field === 'disabled' ? BY_KIND[kind] : 'behaviour';
}

function isLabel(path: JsonPath): boolean {
  const last = path.at(-1);
  return typeof last === 'string' && isLabelKey(last);
}

/** The class of a change of the workflow itself, by its path. */
export function workflowFieldClass([field, key]: JsonPath): ChangeClass {
  if (field === 'active' || field === 'archived') return 'exposure';
  if (field === 'pinData') return 'test-data';
  if (field === 'nodeGroups') return 'cosmetic';
  return field === 'settings' && EXPOSING_SETTINGS.has(key) ? 'exposure' : 'settings';
}

const CODE_PARAMETERS = new Set(['jsCode', 'pythonCode', 'functionCode', 'code', 'html', 'css', 'jsonSchema']);
const SQL_PARAMETERS = new Set(['query', 'sqlQuery', 'rawQuery']);
const PROMPT_PARAMETERS = new Set(['systemMessage', 'prompt', 'text', 'message', 'content', 'systemPromptTemplate']);
const AI_NODE = /langchain|openAi/i;
const SQL_NODE =
  /postgres|mysql|mssql|microsoftSql|sql|snowflake|bigquery|clickhouse|questdb|cratedb|timescale|supabase|oracle/i;

/** How to compare two texts at a path of a node; undefined when a glance at both is enough. */
export function textKind(type: string, path: JsonPath, before: unknown, after: unknown): TextKind | undefined {
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  const key = path.findLast((step) => typeof step === 'string') as string;
  if (CODE_PARAMETERS.has(key)) return 'code';
  if (SQL_PARAMETERS.has(key) && SQL_NODE.test(type)) return 'sql';
  if (PROMPT_PARAMETERS.has(key) && AI_NODE.test(type)) return 'prompt';
  return before.includes('\n') || after.includes('\n') ? 'text' : undefined;
}
