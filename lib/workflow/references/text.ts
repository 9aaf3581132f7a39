import { isExpression } from './locator';
import type { Place, Reference, Written } from './reference';

const NAME =
  /\$(vars|env)\b(?:\s*\??\.\s*([A-Za-z_]\w*)|\s*(?:\?\.\s*)?\[\s*(?:'([^'\\\n]{1,200})'|"([^"\\\n]{1,200})")\s*\])?/g;
const SECRET =
  /\$secrets\b(?:\s*\.\s*(\w+)(?:\s*\.\s*(\w+)|\s*\[\s*(?:'([^'\\\n]{1,200})'|"([^"\\\n]{1,200})")\s*\])?)?/g;
const SELF = /\$workflow\.id\b/g;
const URL_ORIGIN = /\bhttps?:\/\/[^\s"'`/\\<>{}[\]?#]+/g;
/** The public endpoints of an instance; below the two REST prefixes only n8n's own nouns, since others use them too. */
const ENDPOINT =
  /^\/(webhook(?:-test|-waiting)?|form(?:-test|-waiting)?|mcp(?:-test)?|workflow|(?:rest|api\/v1)(?=\/(?:workflows|executions|credentials|tags|users|variables|projects|data-tables|source-control|audit)\b))(?=\/)/;

/** Whether a text is worth a closer look. */
export const mayRefer = (text: string): boolean => text.includes('$') || text.includes('://');

/** References inside one string of parameters or settings: variables, secrets, environment, own id, instance URLs. */
export function referencesInText(
  text: string,
  place: Place,
  ownOrigins: ReadonlySet<string> | undefined,
  found: Reference[],
): void {
  if (text.includes('://')) instanceUrls(text, place, ownOrigins, found);
  if (!text.includes('$')) return;
  const written: Written = isExpression(text) ? 'expression' : 'text';
  if (text.includes('$vars') || text.includes('$env')) names(text, { ...place, written }, found);
  if (text.includes('$secrets')) secrets(text, { ...place, written }, found);
  if (text.includes('$workflow')) {
    for (const match of text.matchAll(SELF)) {
      found.push({ kind: 'self', ...place, written, span: [match.index, match.index + match[0].length] });
    }
  }
}

type WrittenPlace = Place & { readonly written: Written };

function names(text: string, place: WrittenPlace, found: Reference[]): void {
  for (const match of text.matchAll(NAME)) {
    const kind = match[1] === 'vars' ? 'variable' : 'environmentVariable';
    const name = match[2] ?? match[3] ?? match[4];
    found.push(
      name === undefined ? computed(kind, text, match.index, place) : { kind, ...place, name, span: tail(match, name) },
    );
  }
}

function secrets(text: string, place: WrittenPlace, found: Reference[]): void {
  for (const match of text.matchAll(SECRET)) {
    const key = match[2] ?? match[3] ?? match[4];
    const span = [match.index, match.index + match[0].length] as const;
    found.push(
      key === undefined
        ? computed('secret', text, match.index, place)
        : { kind: 'secret', ...place, name: `${match[1]}.${key}`, span },
    );
  }
}

/** A name looked up by a computed key: the line it stands in is shown instead of a guess. */
function computed(
  kind: 'variable' | 'environmentVariable' | 'secret',
  text: string,
  index: number,
  place: WrittenPlace,
): Reference {
  const [expression = ''] = text.slice(index, index + 200).split('\n', 1);
  return { kind, ...place, expression, span: [index, index + expression.length] };
}

/** The span of the name itself, which ends its match but for a closing quote and bracket. */
function tail(match: RegExpExecArray, name: string): readonly [number, number] {
  const start = match.index + match[0].lastIndexOf(name);
  return [start, start + name.length];
}

function instanceUrls(
  text: string,
  place: Place,
  ownOrigins: ReadonlySet<string> | undefined,
  found: Reference[],
): void {
  const written: Written = isExpression(text) ? 'expression' : 'text';
  for (const { 0: origin, index } of text.matchAll(URL_ORIGIN)) {
    const end = index + origin.length;
    const rest = /^[^\s"'`<>{}]*/.exec(text.slice(end, end + 500))![0];
    const endpoint = ENDPOINT.exec(rest)?.[1];
    if (ownOrigins ? !ownOrigins.has(origin.toLowerCase()) : endpoint === undefined) continue;
    found.push({
      kind: 'ownUrl',
      ...place,
      written,
      span: [index, end],
      name: origin + rest,
      origin,
      endpoint: endpoint ?? '',
      own: ownOrigins ? true : 'unknown',
    });
  }
}
