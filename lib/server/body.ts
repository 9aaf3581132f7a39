import { invalid } from '@/lib/core/errors';
import type { UploadedFile } from '@/lib/core/files';
import type { BodyLimit } from '@/lib/kernel/operation';

const MB = 1024 * 1024;
const LIMITS: Record<BodyLimit, number> = { json: MB, workflow: 16 * MB, upload: 25 * MB };
const MAX_DEPTH = 100;
const MAX_VALUES = 400_000;
const MAX_PARTS = 1_000;

/** The JSON body as an object. Refuses the wrong media type (415), too much (413), and what does not parse (400). */
export async function readJson(request: Request, limit: BodyLimit): Promise<{ text: string; value: unknown }> {
  const bytes = await readBytes(request, LIMITS[limit], modestyCheck());
  if (bytes.byteLength === 0) return { text: '', value: {} };
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw invalid('Send JSON, with Content-Type: application/json.', undefined, {
      status: 415,
      code: 'wrong_media_type',
    });
  }
  const text = decode(bytes);
  const value = parse(text);
  assertNoPrototype(value);
  return { text, value };
}

/** The exact bytes, which a signature was made over. Refuses too much (413). */
export const readRaw = (request: Request): Promise<Uint8Array> => readBytes(request, LIMITS.json);

/** Fields and files of a multipart body. */
export async function readMultipart(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw invalid('Send files as multipart/form-data.', undefined, { status: 415, code: 'wrong_media_type' });
  }
  const bytes = await readBytes(request, LIMITS.upload);
  assertFewParts(bytes, type);
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch((cause) => {
    throw invalid('The multipart body is broken.', undefined, { status: 400, code: 'unparsable', cause });
  });
  const fields: Record<string, unknown> = {};
  const files: UploadedFile[] = [];
  for (const [name, entry] of form) {
    if (typeof entry === 'string') fields[name] = entry;
    else files.push({ name: entry.name, contentType: entry.type, bytes: new Uint8Array(await entry.arrayBuffer()) });
  }
  return { ...fields, files };
}

/** Every part costs objects, however small it is. */
function assertFewParts(bytes: Uint8Array, contentType: string): void {
  const boundary = /boundary="?([^";]+)/i.exec(contentType)?.[1];
  if (!boundary) throw invalid('The multipart body names no boundary.', undefined, { status: 400, code: 'unparsable' });
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let parts = 0;
  for (let at = buffer.indexOf(`--${boundary}`); at >= 0 && parts <= MAX_PARTS; parts += 1) {
    at = buffer.indexOf(`--${boundary}`, at + boundary.length);
  }
  if (parts > MAX_PARTS) throw tooMuch('too_many_parts', `More than ${MAX_PARTS} parts.`);
}

/** Counts while it reads, so a body that lies about its length stops at the ceiling. */
async function readBytes(
  request: Request,
  limit: number,
  inspect: (chunk: Uint8Array) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    try {
      if (size > limit) throw tooLarge(limit);
      inspect(value);
    } catch (error) {
      await reader.cancel();
      throw error;
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

const tooLarge = (limit: number) =>
  invalid(`The body may have at most ${limit / MB} MB.`, undefined, { status: 413, code: 'too_large' });

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalid('The body is not UTF-8.', undefined, { status: 400, code: 'unparsable', cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid('The body is not JSON.', undefined, { status: 400, code: 'unparsable', cause });
  }
}

/**
 * Counts in the bytes as they arrive: what is refused here was never turned into objects, which cost many times as
 * much, and no other request waits for the counting.
 */
function modestyCheck(): (chunk: Uint8Array) => void {
  let depth = 0;
  let values = 1;
  let inString = false;
  let escaped = false;
  return (chunk) => {
    for (const byte of chunk) {
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === 0x5c /* \ */) escaped = true;
        else inString = byte !== 0x22 /* " */;
      } else if (byte === 0x22) inString = true;
      else if (byte === 0x2c /* , */) values += 1;
      else if (byte === 0x5d /* ] */ || byte === 0x7d /* } */) depth -= 1;
      else if (byte === 0x5b /* [ */ || byte === 0x7b /* { */) {
        depth += 1;
        values += 1;
        if (depth > MAX_DEPTH) throw tooMuch('too_deep', `Nested deeper than ${MAX_DEPTH} levels.`);
      }
    }
    if (values > MAX_VALUES) throw tooMuch('too_many_values', `More than ${MAX_VALUES} values.`);
  };
}

const tooMuch = (code: string, detail: string) => invalid(detail, undefined, { code });

/** One iterative pass, so that nothing later can be made to change a prototype. */
function assertNoPrototype(root: unknown): void {
  const stack = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next === null || typeof next !== 'object') continue;
    if (Object.hasOwn(next, '__proto__')) {
      throw invalid('A key named __proto__ is not allowed.', undefined, { code: 'forbidden_key' });
    }
    for (const item of Object.values(next)) if (typeof item === 'object') stack.push(item);
  }
}
