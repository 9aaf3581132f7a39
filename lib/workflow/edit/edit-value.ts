import type { Json, JsonObject, JsonPath } from '../model';
import { parseJson } from '../references/path';
import { locateInJson, removeMember } from './json-text';

/** One replacement. An undefined value removes the key; a span replaces that part of a string. */
export interface Edit {
  readonly path: JsonPath;
  readonly value: Json | undefined;
  readonly span?: readonly [start: number, end: number];
}

/**
 * The value with every edit made and nothing else touched; untouched parts are shared with the original. JSON text on
 * a path is edited in place, keeping its formatting. An edit whose path leads nowhere is passed over.
 */
export function editValue(root: Json, edits: readonly Edit[]): Json {
  let value: Json | undefined = root;
  for (const edit of inOrder(edits)) value = replaceAt(value, edit, 0);
  return value as Json;
}

/** Spans count in the string as it was: the last is replaced first. */
function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return edits.some((edit) => edit.span) ? edits.toSorted((a, b) => (b.span?.[0] ?? 0) - (a.span?.[0] ?? 0)) : edits;
}

function replaceAt(value: Json | undefined, edit: Edit, depth: number): Json | undefined {
  if (depth === edit.path.length) return edit.span ? replaceSpan(value, edit.span, edit.value) : edit.value;
  if (typeof value === 'string') return replaceInText(value, edit, depth);
  if (typeof value !== 'object' || value === null) return value;
  const step = edit.path[depth]!;
  const isLast = depth === edit.path.length - 1;
  if (!Object.hasOwn(value, step) && !(isLast && !Array.isArray(value))) return value;
  const child = (value as JsonObject)[step];
  const next = replaceAt(child, edit, depth + 1);
  if (next === child) return value;
  if (Array.isArray(value))
    return next === undefined ? value.toSpliced(step as number, 1) : value.with(step as number, next);
  if (next !== undefined) return { ...(value as JsonObject), [step]: next };
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
}

function replaceSpan(value: Json | undefined, [start, end]: readonly [number, number], part: Json | undefined) {
  return typeof value === 'string' ? value.slice(0, start) + String(part ?? '') + value.slice(end) : value;
}

/** Goes down in the parsed text to the edit's end, or to the next JSON text, and splices there. */
function replaceInText(text: string, edit: Edit, depth: number): string {
  let value = parseJson(text);
  let reached = depth;
  while (typeof value === 'object' && value !== null && reached < edit.path.length) {
    const step = edit.path[reached]!;
    if (!Object.hasOwn(value, step)) return text;
    value = (value as JsonObject)[step];
    reached += 1;
  }
  const span = reached > depth ? locateInJson(text, edit.path.slice(depth, reached)) : undefined;
  if (!span) return text;
  const next = replaceAt(value, edit, reached);
  if (next === value) return text;
  if (next === undefined) return removeMember(text, span);
  return text.slice(0, span.start) + JSON.stringify(next) + text.slice(span.end);
}
