import { isObject, type Json, type JsonPath } from '../model';

const MAX_LENGTH = 60;

/** A value in a few words: short text as it is, long text cut, structures counted. */
export function phraseValue(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return phraseText(value);
  if (Array.isArray(value)) return count(value.length, 'item');
  if (isObject(value) && value.__rl === true) return phraseValue(value.cachedResultName ?? value.value);
  return count(Object.keys(value).length, 'field');
}

/** Text on one line, at most `MAX_LENGTH` characters; an expression without its leading sign. */
function phraseText(text: string): string {
  const line = (text.startsWith('=') ? text.slice(1) : text).replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'empty text';
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line;
}

/** A number with its noun: `1 line`, `3 lines`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Words for a path: `options.maxRetries` reads "max retries in options", list positions count from one. */
export function phrasePath(path: JsonPath): string {
  const steps = path.map((step) => (typeof step === 'number' ? `item ${step + 1}` : phraseKey(step)));
  const [last, ...parents] = steps.toReversed();
  const parent = parents.find((step) => !step.startsWith('item '));
  const item = [last, ...parents].find((step) => step?.startsWith('item '));
  const words = item && item !== last ? `${last} of ${item}` : (last ?? 'parameters');
  return parent && parent !== last ? `${words} in ${parent}` : words;
}

/** `maxRetries` reads "max retries"; words n8n writes in capitals keep them. */
export function phraseKey(key: string): string {
  return splitWords(key).toLowerCase();
}

/** A node type as people know it: `n8n-nodes-base.httpRequest` reads "HTTP Request". */
export function phraseType(type: string): string {
  const words = splitWords(type.split('.').at(-1) ?? type).split(' ');
  const titled = words.map((word) => CAPITALS.get(word.toLowerCase()) ?? word.charAt(0).toUpperCase() + word.slice(1));
  return titled.join(' ');
}

const CAPITALS = new Map(
  ['HTTP', 'AI', 'IF', 'API', 'RSS', 'FTP', 'SSH', 'SQL', 'HTML', 'XML', 'JSON', 'PDF', 'AWS', 'LM', 'MCP'].map(
    (word) => [word.toLowerCase(), word],
  ),
);

function splitWords(key: string): string {
  return key
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .trim();
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
