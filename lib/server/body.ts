import { invalid } from '@/lib/core/errors';
import type { UploadedFile } from '@/lib/core/files';
import type { BodyLimit } from '@/lib/kernel/operation';

const MB = 1024 * 1024;
const LIMITS: Record<BodyLimit, number> = { json: MB, workflow: 16 * MB, upload: 25 * MB };
const MAX_DEPTH = 100;
const MAX_VALUES = 400_000;

/** The JSON body as an object. Refuses the wrong media type (415), too much (413), and what does not parse (400). */
export async function readJson(request: Request, limit: BodyLimit): Promise<{ text: string; value: unknown }> {
  const bytes = await readBytes(request, LIMITS[limit]);
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
  assertModest(value);
  return { text, value };
}

/** Fields and files of a multipart body. */
export async function readMultipart(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw invalid('Send files as multipart/form-data.', undefined, { status: 415, code: 'wrong_media_type' });
  }
  const bytes = await readBytes(request, LIMITS.upload);
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

/** Counts while it reads, so a body that lies about its length stops at the ceiling. */
async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge(limit);
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

/** One iterative pass, so that nothing later can be made to recurse without end or to change a prototype. */
function assertModest(root: unknown): void {
  const stack: [value: unknown, depth: number][] = [[root, 0]];
  let seen = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [value, depth] = next;
    seen += 1;
    if (depth > MAX_DEPTH) throw invalid(`Nested deeper than ${MAX_DEPTH} levels.`, undefined, { code: 'too_deep' });
    if (seen > MAX_VALUES) throw invalid(`More than ${MAX_VALUES} values.`, undefined, { code: 'too_many_values' });
    if (value === null || typeof value !== 'object') continue;
    if (Object.hasOwn(value, '__proto__')) {
      throw invalid('A key named __proto__ is not allowed.', undefined, { code: 'forbidden_key' });
    }
    for (const item of Object.values(value)) stack.push([item, depth + 1]);
  }
}
