import type { Json, JsonObject } from '../model';

/** `$('X')`, `$items("X")`, `$node["X"]` with any quotes, and `$node.X`. */
const NODE_REFERENCE = /(\$(?:items)?\(\s*|\$node\[\s*)(['"`])((?:\\.|(?!\2)[^\\])*)\2|\$node\.([A-Za-z_]\w*)/g;
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** A whole workflow as text, whose nodes have names of their own. */
const INLINE_WORKFLOW = 'workflowJson';

/** Old name to new name. */
export type Renames = ReadonlyMap<string, string>;

/**
 * Follows renamed nodes through every string of a value. Whether a string is code depends on the node, so all are
 * searched. A value that names none of the nodes is returned as it is, not copied.
 */
export function renameReferences<T extends Json>(value: T, renames: Renames): T {
  return rewrite(value, renames) as T;
}

function rewrite(value: Json, renames: Renames): Json {
  if (typeof value === 'string') return value.includes('$') ? renameInText(value, renames) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => rewrite(item, renames));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const object = value as JsonObject;
  const changed: [string, Json][] = [];
  for (const key of Object.keys(object)) {
    const item = object[key];
    if (item === undefined || key === INLINE_WORKFLOW) continue;
    const renamed = rewrite(item, renames);
    if (renamed !== item) changed.push([key, renamed]);
  }
  return changed.length === 0 ? object : { ...object, ...Object.fromEntries(changed) };
}

function renameInText(text: string, renames: Renames): string {
  return text.replace(NODE_REFERENCE, (whole, opening?: string, quote?: string, quoted?: string, bare?: string) => {
    if (bare !== undefined) {
      const name = renames.get(bare);
      if (name === undefined) return whole;
      return IDENTIFIER.test(name) ? `$node.${name}` : `$node[${JSON.stringify(name)}]`;
    }
    const name = renames.get(quoted!.replace(/\\(.)/gs, '$1'));
    return name === undefined ? whole : `${opening}${quote}${escapeQuoted(name, quote!)}${quote}`;
  });
}

function escapeQuoted(name: string, quote: string): string {
  return name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
}
