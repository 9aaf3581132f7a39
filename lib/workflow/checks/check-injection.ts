import { nodeCategory, nodeNoun } from '../analysis/node-category';
import { isObject, type Json, type JsonPath, type WorkflowNode } from '../model';
import { expressionParts } from '../references/locator';
import type { Check, CheckContext, Issue } from './check';

const QUERY_KEYS = new Set(['query', 'sqlQuery', 'rawQuery', 'jsonQuery', 'customQuery']);
/** What the instance itself says is not data that someone sent. */
const OWN = /^\{\{\s*\$(?:execution|workflow|now|today|vars|env)\b[\w.()'",: -]*\}\}$/;

/** Queries whose text is put together from data. */
export const sqlByExpression: Check = {
  id: 'sql-by-expression',
  severity: 'warning',
  title: 'A database query is put together from data',
  remedy: 'Use placeholders ($1) in the query and pass the values as query parameters.',
  *find(context) {
    for (const node of context.workflow.nodes) {
      if (node.disabled || nodeCategory(node.type) !== 'database') continue;
      yield* computedTexts(node, QUERY_KEYS, 'query', context);
    }
  },
};

/** Commands whose text is put together from data. */
export const commandByExpression: Check = {
  id: 'command-by-expression',
  severity: 'warning',
  title: 'A shell command is put together from data',
  remedy: 'Run a fixed command, and pass data through a file or the environment.',
  *find(context) {
    for (const node of context.workflow.nodes) {
      if (node.disabled || !/^(executeCommand|ssh)$/.test(nodeNoun(node.type))) continue;
      yield* computedTexts(node, new Set(['command']), 'command', context);
    }
  },
};

function* computedTexts(
  node: WorkflowNode,
  keys: ReadonlySet<string>,
  noun: string,
  { untrusted }: CheckContext,
): Generator<Issue> {
  const exposed = untrusted.has(node.key);
  const source = exposed ? ' from data that a stranger can send' : ' from data';
  for (const path of pathsOf(node.parameters, keys, ['parameters'])) {
    yield {
      node,
      path,
      severity: exposed ? 'error' : 'warning',
      message: `The ${noun} of "${node.name}" is put together${source}.`,
    };
  }
}

function* pathsOf(value: Json | undefined, keys: ReadonlySet<string>, path: JsonPath): Generator<JsonPath> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* pathsOf(item, keys, [...path, index]);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (keys.has(key) && isComputed(item)) yield [...path, key];
      else yield* pathsOf(item, keys, [...path, key]);
    }
  }
}

const isComputed = (value: Json | undefined): boolean =>
  typeof value === 'string' && value.startsWith('=') && expressionParts(value).some((part) => !OWN.test(part));
