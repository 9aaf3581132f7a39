import { isObject, type Json, type JsonObject } from '../model';
import { asText } from './path';
import type { Written } from './reference';

/** What a parameter that names something says: an id, a name, or an expression. */
export interface Target {
  readonly written: Written;
  readonly id?: string;
  readonly name?: string;
  readonly expression?: string;
}

const WORKFLOW_URL = /\/workflow\/([\w-]+)/;

/** n8n's marker of an expression: the string starts with `=`. */
export const isExpression = (text: string): boolean => text.startsWith('=');

/** The parts of a text between `{{` and `}}`, both included. Linear, however many are never closed. */
export function expressionParts(text: string): string[] {
  const parts: string[] = [];
  for (let start = text.indexOf('{{'); start !== -1; ) {
    const end = text.indexOf('}}', start + 2);
    if (end === -1) break;
    parts.push(text.slice(start, end + 2));
    start = text.indexOf('{{', end + 2);
  }
  return parts;
}

/** Whether the value is a resource locator `{__rl, mode, value, cachedResultName?}`. */
export const isLocator = (value: Json | undefined): value is JsonObject => isObject(value) && value.__rl === true;

/** The id a workflow URL holds (`https://host/workflow/<id>`), else `undefined`. */
export const workflowIdInUrl = (url: string): string | undefined => WORKFLOW_URL.exec(url)?.[1];

/** Reads a parameter that is either a bare string (old node versions) or a resource locator. */
export function readTarget(parameter: Json | undefined): Target | undefined {
  const locator = isObject(parameter) ? parameter : undefined;
  const text = asText(locator ? locator.value : parameter);
  if (text === undefined) return undefined;
  if (isExpression(text)) return { written: 'expression', expression: text };
  if (!locator) return { written: 'plain', id: text };
  if (locator.mode === 'name') return { written: 'name', name: text };
  const written = locator.mode === 'list' || locator.mode === 'url' ? locator.mode : 'id';
  const name = asText(locator.cachedResultName);
  return { written, id: text, ...(name === undefined ? {} : { name }) };
}

/** As `readTarget`, for a parameter that names a workflow: a URL gives the id it holds, if any. */
export function readWorkflowTarget(parameter: Json | undefined): Target | undefined {
  const target = readTarget(parameter);
  if (target?.written !== 'url' || target.id === undefined) return target;
  const { id: url, ...rest } = target;
  const id = workflowIdInUrl(url);
  return id === undefined ? rest : { ...rest, id };
}
