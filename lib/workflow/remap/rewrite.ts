import type { Edit } from '../edit/edit-value';
import { isObject, type Json, type JsonObject, type JsonPath } from '../model';
import { isLocator, workflowIdInUrl } from '../references/locator';
import { asText } from '../references/path';
import type { Reference } from '../references/reference';
import type { BoundThing } from './bindings';

const NAME = /^[A-Za-z_]\w*$/;

/**
 * The edits that make a reference name `to`, in the form it is written in. `undefined` when `to` lacks what that form
 * needs: an id for one written by id, a name for one written by name.
 */
export function rewrite(reference: Reference, current: Json | undefined, from: BoundThing, to: BoundThing) {
  switch (reference.kind) {
    case 'variable':
    case 'environmentVariable':
      return to.name !== undefined && NAME.test(to.name) ? [edit(reference, to.name)] : undefined;
    case 'secret':
      return to.name === undefined ? undefined : [edit(reference, `$secrets.${to.name}`)];
    case 'ownUrl':
      return to.name === undefined ? undefined : [edit(reference, to.name)];
    case 'webhook':
      return to.name === undefined || reference.path.at(-1) !== 'path' ? undefined : [edit(reference, to.name)];
    case 'credential':
      return credential(reference.path, current, to);
    default:
      return isLocator(current) ? locator(reference, current, from, to) : bare(reference, current, to);
  }
}

const edit = ({ path, span }: Pick<Reference, 'path' | 'span'>, value: Json): Edit =>
  span ? { path, span, value } : { path, value };

function credential(path: JsonPath, current: Json | undefined, { id, name }: BoundThing): Edit[] | undefined {
  if (!isObject(current)) return name === undefined ? undefined : [{ path, value: name }];
  const hasId = asText(current.id) !== undefined;
  if (hasId ? id === undefined : name === undefined) return undefined;
  // The reader's form always has both fields; a name that is unknown is null there.
  const noName = 'managed' in current ? null : undefined;
  const named: Edit = { path: [...path, 'name'], value: name ?? noName };
  return hasId ? [{ path: [...path, 'id'], value: sameType(current.id, id!) }, named] : [named];
}

function bare(reference: Reference, current: Json | undefined, { id, name }: BoundThing): Edit[] | undefined {
  const value = reference.written === 'name' ? name : id;
  return value === undefined ? undefined : [edit(reference, reference.span ? value : sameType(current, value))];
}

function locator(reference: Reference, current: JsonObject, from: BoundThing, to: BoundThing): Edit[] | undefined {
  const { path, written, kind } = reference;
  const value = written === 'name' ? to.name : to.id;
  if (value === undefined) return undefined;
  const at = [...path, 'value'];
  const text = asText(current.value) ?? '';
  const inUrl = kind === 'workflow' && written === 'url' ? workflowIdInUrl(text) : undefined;
  const start = inUrl === undefined ? -1 : text.lastIndexOf(inUrl);
  const target: Edit =
    inUrl === undefined
      ? { path: at, value: sameType(current.value, value) }
      : { path: at, span: [start, start + inUrl.length], value };
  return [target, ...labels(path, current, from, to)];
}

/** The editor's caches: refreshed where the truth is known, dropped where they would now lie, never added. */
function labels(path: JsonPath, current: JsonObject, from: BoundThing, to: BoundThing): Edit[] {
  const { cachedResultName: name, cachedResultUrl: url } = current;
  const edits: Edit[] = [];
  if (name !== undefined) edits.push({ path: [...path, 'cachedResultName'], value: to.name });
  if (typeof url === 'string') {
    const moved = from.id && to.id && url.includes(from.id) ? url.replaceAll(from.id, to.id) : undefined;
    edits.push({ path: [...path, 'cachedResultUrl'], value: to.url ?? moved });
  }
  return edits;
}

/** Old exports write some ids as numbers; an id that is one stays one. */
const sameType = (current: Json | undefined, id: string): Json =>
  typeof current === 'number' && String(Number(id)) === id ? Number(id) : id;
