import { setImmediate as yieldToOthers } from 'node:timers/promises';

const MB = 1024 * 1024;

/** One body that must be refused; made anew for each sending, and as it is sent, so that it costs the test nothing. */
export type HostileBody = { name: string; body: () => BodyInit; headers?: Record<string, string> };

/** `head`, then `chunk` until `bytes` are reached, then `tail`. */
function streamed(bytes: number, chunk: string, head = '', tail = ''): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const block = encoder.encode(chunk.repeat(Math.max(1, Math.floor(65_536 / chunk.length))));
  let left = bytes;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(head)),
    async pull(controller) {
      // As over a network: other work comes in between.
      await yieldToOthers();
      if (left > 0) controller.enqueue(block);
      else {
        controller.enqueue(encoder.encode(tail));
        controller.close();
      }
      left -= block.byteLength;
    },
  });
}

const text = (name: string, body: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>): HostileBody => ({
  name,
  body: () => body,
  headers,
});
const big = (name: string, make: () => ReadableStream<Uint8Array>, headers?: Record<string, string>): HostileBody => ({
  name,
  body: make,
  headers,
});
const bytes = (...values: number[]) => new Uint8Array(values);
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** JSON and what pretends to be. */
export const HOSTILE_JSON: readonly HostileBody[] = [
  text('half an object', '{"key":"a"'),
  text('a trailing comma', '{"key":"a",}'),
  text('single quotes', "{'key':'a'}"),
  text('a comment', '{/* */"key":"a"}'),
  text('two documents', '{}{}'),
  text('NaN', '{"sortOrder":NaN}'),
  text('a byte order mark alone', '\ufeff'),
  text('white space alone', ' \n\t '),
  text('null', 'null'),
  text('a number', '5'),
  text('a string', '"text"'),
  text('true', 'true'),
  text('an array', '[]'),
  text('an array of objects', '[{"key":"a","label":"b"}]'),
  text('a number where text belongs', '{"key":5,"label":5,"name":5,"email":5,"password":5}'),
  text('objects where text belongs', '{"key":{},"label":{},"name":{},"email":{},"password":{}}'),
  text('nothing where text belongs', '{"key":null,"label":null,"name":null,"email":null}'),
  text('text of control characters', '{"key":"\\u0000\\u0007","label":"\\u0000","name":"\\u0000"}'),
  text('half a surrogate pair', '{"key":"\\ud800","label":"\\ud800","name":"\\udfff"}'),
  text('a field nobody knows', '{"isAdmin":true,"tenantId":"x","role":"admin"}'),
  text('__proto__', '{"__proto__":{"role":"admin"},"key":"a","label":"b"}'),
  text('__proto__ in disguise', '{"\\u005f_proto__":{"role":"admin"}}'),
  text('__proto__ further down', '{"a":[{"b":{"__proto__":{}}}]}'),
  text('a constructor', '{"constructor":{"prototype":{"role":"admin"}}}'),
  text('a thousand levels of arrays', nested(1_000, '[', ']')),
  text('a thousand levels of objects', `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`),
  text('depth hidden behind strings', `{"a":"]]]]","b":${nested(200, '[', ']')}}`),
  text('half a million open brackets', '['.repeat(500_000)),
  text('no UTF-8', bytes(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d)),
  text('overlong UTF-8', bytes(0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x7d)),
  text('UTF-16', bytes(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00)),
  text('a number beyond all numbers', `{"sortOrder":1${'0'.repeat(400)},"key":1e999}`),
  text('a key of 900 kB', `{"${'k'.repeat(900_000)}":1}`),
  text('fifty thousand keys', `{${Array.from({ length: 50_000 }, (_, at) => `"k${at}":1`).join()}}`),
  text('plain text', '{"key":"a","label":"b"}', { 'content-type': 'text/plain' }),
  text('a form', 'key=a&label=b', { 'content-type': 'application/x-www-form-urlencoded' }),
  text('no content type', '{"key":"a","label":"b"}', { 'content-type': '' }),
  text('a multipart form where JSON belongs', '--x\r\n\r\n--x--', {
    'content-type': 'multipart/form-data; boundary=x',
  }),
  text('a length that lies high', '{"key":"a"}', { 'content-length': String(10 ** 12) }),
  big('60 MB of nothing', () => streamed(60 * MB, ' ', '{', '}')),
  big('60 MB that say they are 10 bytes', () => streamed(60 * MB, ' ', '{', '}'), { 'content-length': '10' }),
  big('30 MB of values', () => streamed(30 * MB, '0,', '{"a":[', '0]}')),
  big('15 MB of values', () => streamed(15 * MB, '0,', '{"a":[', '0]}')),
  big('15 MB of empty objects', () => streamed(15 * MB, '{},', '{"a":[', '0]}')),
  big('15 MB of one string', () => streamed(15 * MB, 'text', '{"a":"', '"}')),
  big('15 MB of escapes', () => streamed(15 * MB, '\\u0041', '{"a":"', '"}')),
];

const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
const part = (name: string, content: string) =>
  `--x\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n${content}\r\n`;

/** Multipart bodies that are broken or too much, whatever is in the files. */
export const HOSTILE_UPLOADS: readonly HostileBody[] = [
  text('JSON where files belong', '{}', { 'content-type': 'application/json' }),
  text('a multipart body without a boundary', part('a.json', '{}'), { 'content-type': 'multipart/form-data' }),
  text('a multipart body that breaks off', part('a.json', '{}'), multipart),
  text('a multipart body without files', '--x--\r\n', multipart),
  text('a part without a name', '--x\r\n\r\ntext\r\n--x--\r\n', multipart),
  text('headers without end', `--x\r\nContent-Disposition: ${'a'.repeat(500_000)}`, multipart),
  text('two thousand parts', `${part('a.json', '{}').repeat(2_000)}--x--\r\n`, multipart),
  text('a file that is no workflow', `${part('a.json', 'not json')}--x--\r\n`, multipart),
  text('a file of deep JSON', `${part('a.json', nested(5_000, '[', ']'))}--x--\r\n`, multipart),
  text('a ZIP that is none', `${part('a.zip', 'PK\u0003\u0004 and no more')}--x--\r\n`, multipart),
  big('60 MB in one file', () => streamed(60 * MB, ' ', part('a.json', '').slice(0, -2), '\r\n--x--\r\n'), multipart),
  big('20 MB of tiny parts', () => streamed(20 * MB, part('a', ''), '', '--x--\r\n'), multipart),
];
