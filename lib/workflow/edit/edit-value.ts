import { pointerTo } from '../json-pointer';
import type { Json, JsonObject, JsonPath } from '../model';
import { field, setField } from '../own-field';
import { parseJson } from '../references/path';
import { locateInJson, type Splice, spliceJson } from './json-text';

/** One replacement. An undefined value removes the key; a span replaces that part of a string. */
export interface Edit {
  readonly path: JsonPath;
  readonly value: Json | undefined;
  readonly span?: readonly [start: number, end: number];
}

/**
 * The value with every edit made and nothing else touched; untouched parts are shared with the original. Paths and
 * spans count in the original. JSON text on a path is edited in place, keeping its formatting. An edit whose path leads
 * nowhere is passed over.
 */
export function editValue(root: Json, edits: readonly Edit[]): Json {
  return edits.length === 0 ? root : (edited(root, edits, 0) as Json);
}

/** All of `edits` lead through this value, which they have reached after `depth` steps. */
function edited(value: Json | undefined, edits: readonly Edit[], depth: number): Json | undefined {
  const { here, below } = partEdits(edits, depth);
  const inside = below.length === 0 ? value : editedInside(value, below, depth);
  return here.length === 0 ? inside : editedWhole(inside, here);
}

function partEdits(edits: readonly Edit[], depth: number): { here: Edit[]; below: Edit[] } {
  const parts: { here: Edit[]; below: Edit[] } = { here: [], below: [] };
  for (const edit of edits) (edit.path.length === depth ? parts.here : parts.below).push(edit);
  return parts;
}

/** The last replacement of the whole counts, else the spans of a string. */
function editedWhole(value: Json | undefined, edits: readonly Edit[]): Json | undefined {
  const whole = edits.findLast(({ span }) => span === undefined);
  if (whole) return whole.value;
  if (typeof value !== 'string') return value;
  let text = '';
  let reached = 0;
  for (const { span, value: part } of edits.toSorted((a, b) => a.span![0] - b.span![0])) {
    if (span![0] < reached) continue;
    text += value.slice(reached, span![0]) + String(part ?? '');
    reached = span![1];
  }
  return text + value.slice(reached);
}

function editedInside(value: Json | undefined, edits: readonly Edit[], depth: number): Json | undefined {
  if (typeof value === 'string') return editedText(value, edits, depth);
  if (typeof value !== 'object' || value === null) return value;
  const byStep = Map.groupBy(edits, ({ path }) => path[depth]!);
  return Array.isArray(value)
    ? editedItems(value, byStep, depth + 1)
    : editedFields(value as JsonObject, byStep, depth + 1);
}

type EditsByStep = ReadonlyMap<string | number, readonly Edit[]>;

function editedItems(items: readonly Json[], byStep: EditsByStep, depth: number): Json {
  const next = items.map((item, index) => {
    const own = byStep.get(index);
    return own ? edited(item, own, depth) : item;
  });
  return next.every((item, index) => item === items[index]) ? items : next.filter((item) => item !== undefined);
}

/** A key that is not there can be set, but nothing can be reached through it. */
function editedFields(object: JsonObject, byStep: EditsByStep, depth: number): Json {
  const copy = { ...object };
  let changed = false;
  for (const [step, edits] of byStep) {
    const key = String(step);
    const value = field(object, key);
    const next = edited(value, value === undefined ? partEdits(edits, depth).here : edits, depth);
    if (next === value) continue;
    setField(copy, key, next);
    changed = true;
  }
  return changed ? copy : object;
}

/** Goes down in the parsed text to the end of each edit, or to the next JSON text, and splices there. */
function editedText(text: string, edits: readonly Edit[], depth: number): string {
  const root = parseJson(text);
  const stops = new Map<string, Stop>();
  for (const edit of edits) {
    const { value, reached } = descend(root, edit.path, depth);
    if (reached === depth) continue;
    const path = edit.path.slice(depth, reached);
    const stop = stops.get(pointerTo(path)) ?? { path, value, edits: [] };
    stops.set(pointerTo(path), stop);
    stop.edits.push(edit);
  }
  const places = [...stops.values()];
  const spans = locateInJson(
    text,
    places.map(({ path }) => path),
  );
  const splices = places.flatMap(({ path, value, edits: own }, index): Splice[] => {
    const next = edited(value, own, depth + path.length);
    const span = spans[index];
    return span && next !== value ? [{ span, next }] : [];
  });
  return spliceJson(text, splices);
}

/** A value inside JSON text, the path to it from there, and the edits that end there or lead through it. */
interface Stop {
  readonly path: JsonPath;
  readonly value: Json | undefined;
  readonly edits: Edit[];
}

/** As far as objects and lists lead; `reached` is the start again where a step leads nowhere. */
function descend(root: Json | undefined, path: JsonPath, depth: number): { value: Json | undefined; reached: number } {
  let value = root;
  let reached = depth;
  while (typeof value === 'object' && value !== null && reached < path.length) {
    const step = path[reached]!;
    if (!Object.hasOwn(value, step)) return { value: root, reached: depth };
    value = (value as JsonObject)[step];
    reached += 1;
  }
  return { value, reached };
}
