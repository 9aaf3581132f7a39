import type { Json, JsonObject } from '../model';
import { isLabelKey } from './absent';

/** Longer texts are quoted by the engine, shorter ones scanned first: most need no escaping. */
const SCANNED_LENGTH = 64;

/** A JSON string literal. Half surrogates come out as `\uXXXX`, so the text always has a UTF-8 form. */
export function quote(text: string): string {
  if (text.length > SCANNED_LENGTH) return JSON.stringify(text);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x22 || code === 0x5c || code >= 0xd800) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** JSON without spaces, keys sorted by UTF-16 code units (RFC 8785 for well-formed text). Nothing is left out. */
export function writeJson(value: Json): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  const object = value as JsonObject;
  let text = '';
  for (const key of sortedKeys(object)) {
    const item = object[key];
    if (item === undefined) continue;
    text += `${text === '' ? '' : ','}${quote(key)}:${writeJson(item)}`;
  }
  return `{${text}}`;
}

/** As `writeJson`, without absent values and cached labels; the empty text when nothing remains of an object or a list. */
export function writeMeaning(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object') return String(value);
  return Array.isArray(value) ? writeItems(value) : writeFields(value as JsonObject);
}

/** An item of a list keeps its place even when it says nothing. */
function writeItems(items: readonly Json[]): string {
  if (items.length === 0) return '';
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index]!;
    if (index > 0) text += ',';
    text += writeMeaning(item) || (item === null ? 'null' : Array.isArray(item) ? '[]' : '{}');
  }
  return `${text}]`;
}

function writeFields(object: JsonObject): string {
  let text = '';
  for (const key of sortedKeys(object)) {
    if (isLabelKey(key)) continue;
    const item = writeMeaning(object[key]);
    if (item !== '') text += `${text === '' ? '{' : ','}${quote(key)}:${item}`;
  }
  return text === '' ? '' : `${text}}`;
}

/** The object's keys by UTF-16 code units. Most objects are small, where insertion beats the engine's sort. */
function sortedKeys(object: JsonObject): string[] {
  const keys = Object.keys(object);
  if (keys.length > 24) return keys.sort();
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index]!;
    let hole = index;
    while (hole > 0 && keys[hole - 1]! > key) {
      keys[hole] = keys[hole - 1]!;
      hole -= 1;
    }
    keys[hole] = key;
  }
  return keys;
}

/** `writeJson` for people and git: two spaces, one value a line, a newline at the end. */
export function writePrettyJson(value: Json): string {
  return `${pretty(value, '\n')}\n`;
}

function pretty(value: Json, newline: string): string {
  if (typeof value !== 'object' || value === null) return writeJson(value);
  const inner = `${newline}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[${inner}${value.map((item) => pretty(item, inner)).join(`,${inner}`)}${newline}]`;
  }
  const object = value as JsonObject;
  const fields = sortedKeys(object)
    .filter((key) => object[key] !== undefined)
    .map((key) => `${quote(key)}: ${pretty(object[key]!, inner)}`);
  return fields.length === 0 ? '{}' : `{${inner}${fields.join(`,${inner}`)}${newline}}`;
}
