import type { NodeFieldChanged } from '../diff/change';
import { isObject, type Json, type JsonObject, type JsonPath, type WorkflowNode } from '../model';
import { nodeKind } from '../node-kind';
import { valueAt } from '../references/path';
import { phrasePath, phraseValue } from './phrase';
import { name, now, type Sentence, say, was } from './sentence';

/** A change of one parameter, `path` starting below `parameters`. */
export function describeParameter(change: NodeFieldChanged, parameter: JsonPath, node?: WorkflowNode): Sentence {
  const { path, before, after } = innermost(parameter, change.before, change.after);
  const subject = name(change.node.name);
  if (path[0] === 'url') return describeUrl(change, node);
  if (path[0] === 'path' && nodeKind(change.node.type) === 'trigger') {
    return say`${subject} answers on ${now(phraseValue(after))} instead of ${was(phraseValue(before))}`;
  }
  const locator = path.at(-1) === 'value' ? valueAt(node?.parameters, path.slice(0, -1)) : undefined;
  if (isObject(locator) && locator.__rl === true) return describeLocator(change, path.slice(0, -1), locator);
  if (nodeKind(change.node.type) === 'schedule') return describeSchedule(change, path);
  const what = phrasePath(path);
  if (typeof path.at(-1) === 'number') return describeItem(change, path);
  if (before === undefined) return say`${subject} sets ${what} to ${now(phraseValue(after))}`;
  if (after === undefined) return say`${subject} no longer sets ${what}, which was ${was(phraseValue(before))}`;
  return say`The ${what} of ${subject} is ${now(phraseValue(after))}, was ${was(phraseValue(before))}`;
}

/** A collection that comes or goes with a single field in it is about that field. */
function innermost(path: JsonPath, before: Json | undefined, after: Json | undefined) {
  const value = before ?? after;
  if ((before !== undefined && after !== undefined) || !isObject(value)) return { path, before, after };
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0 || typeof path.at(-1) === 'number') return { path, before, after };
  const inside = (side: Json | undefined) => (isObject(side) ? side[key] : undefined);
  return innermost([...path, key], inside(before), inside(after));
}

function describeItem({ node, before, after }: NodeFieldChanged, path: JsonPath): Sentence {
  const list = phrasePath(path.filter((step) => typeof step === 'string'));
  if (before === undefined) return say`${name(node.name)} has one more under ${list}: ${now(phraseItem(after))}`;
  if (after === undefined) return say`${name(node.name)} has one less under ${list}: ${was(phraseItem(before))}`;
  return say`${name(node.name)} has ${now(phraseItem(after))} under ${list} instead of ${was(phraseItem(before))}`;
}

/** Another target of a resource locator; only the new one's display name is at hand. */
function describeLocator({ node, before }: NodeFieldChanged, path: JsonPath, locator: JsonObject): Sentence {
  const [subject, target] = [name(node.name), now(phraseValue(locator))];
  if (path[0] === 'workflowId') return say`${subject} now calls ${target} instead of ${was(phraseValue(before))}`;
  return say`The ${phrasePath(path)} of ${subject} is ${target}, was ${was(phraseValue(before))}`;
}

/** An item of a list by what it calls itself. */
function phraseItem(item: Json | undefined): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return phraseValue(item);
  const fields = item as Readonly<Record<string, Json | undefined>>;
  const label = fields.name ?? fields.key ?? fields.displayName ?? fields.leftValue ?? fields.fieldId;
  return phraseValue(label ?? item);
}

const VERBS: ReadonlyMap<string, string> = new Map([
  ['DELETE', 'deletes at'],
  ['GET', 'reads from'],
  ['PATCH', 'patches at'],
  ['POST', 'posts to'],
  ['PUT', 'puts to'],
]);

/** Another address: where only the host differs, the host says it all. */
function describeUrl({ node: { name: label, type }, before, after }: NodeFieldChanged, node?: WorkflowNode): Sentence {
  const isHttp = type.endsWith('.httpRequest') && typeof (node?.parameters.method ?? 'GET') === 'string';
  const verb = (isHttp && VERBS.get(String(node?.parameters.method ?? 'GET'))) || 'calls';
  const [from, to] = [hostOf(before), hostOf(after)];
  const byHost = from !== null && to !== null && from !== to;
  const address = (url: Json | undefined, host: string | null) => (byHost && host ? host : phraseValue(url));
  return say`${name(label)} now ${verb} ${now(address(after, to))} instead of ${was(address(before, from))}`;
}

function hostOf(url: Json | undefined): string | null {
  const match = typeof url === 'string' ? /^=?https?:\/\/([^/?#\s{}]+)/i.exec(url) : null;
  return match?.[1]?.split('@').at(-1) ?? null;
}

const INTERVAL = /^(second|minute|hour|day|week|month)s?(?:Interval)?$/;

function describeSchedule({ node, before, after }: NodeFieldChanged, path: JsonPath): Sentence {
  const key = String(path.findLast((step) => typeof step === 'string'));
  const unit = INTERVAL.exec(key)?.[1];
  const every = (value: Json | undefined) =>
    value === undefined ? 'the default' : `every ${phraseValue(value)} ${unit}s`;
  if (unit) return say`${name(node.name)} runs ${now(every(after))}, was ${was(every(before))}`;
  if (key === 'expression' || key === 'cronExpression') {
    return say`${name(node.name)} runs at ${now(phraseValue(after))} instead of ${was(phraseValue(before))}`;
  }
  return say`The schedule of ${name(node.name)} changed: ${phrasePath(path)} is ${now(phraseValue(after))}, was ${was(phraseValue(before))}`;
}
