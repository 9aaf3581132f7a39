import { expect, test } from 'vitest';
import { readArchive } from './archive-reading';
import { zipOf } from './zip.fixture';

const code = (archive: Uint8Array) =>
  readArchive(archive).then(
    () => 'read',
    (error: { kind: string; code: string }) => {
      expect(error.kind).toBe('invalid');
      return error.code;
    },
  );
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `${index}.json`, content: '{}' }));
const noise = (bytes: number) => {
  const content = Buffer.alloc(bytes);
  for (let index = 0; index < bytes; index += 1) content[index] = (index * 7_919 + (index >> 8) * 31) & 0xff;
  return content;
};

test('files come out as they went in, and what archivers add by themselves does not', async () => {
  const files = await readArchive(
    zipOf([
      { name: 'folder/' },
      { name: 'folder/a.json', content: '{"a":1}' },
      { name: '__MACOSX/folder/._a.json', content: 'x' },
      { name: 'folder/.DS_Store', content: 'x' },
    ]),
  );
  expect(files.map(({ path, bytes }) => [path, bytes.toString()])).toEqual([['folder/a.json', '{"a":1}']]);
});

test.each([
  ['no archive', Buffer.from('PK\u0003\u0004 and then nothing'), 'broken_archive'],
  ['empty bytes', Buffer.alloc(0), 'broken_archive'],
  ['a name that climbs out', zipOf([{ name: '../../etc/passwd', content: 'x' }]), 'broken_archive'],
  ['an absolute name', zipOf([{ name: '/etc/passwd', content: 'x' }]), 'broken_archive'],
  ['a backslash name', zipOf([{ name: '..\\evil.json', content: 'x' }]), 'broken_archive'],
  ['an encrypted entry', zipOf([{ name: 'a.json', content: '{}', claims: { flags: 1 } }]), 'encrypted_archive'],
  ['a link', zipOf([{ name: 'a.json', content: '/etc/passwd', claims: { mode: 0o120777 } }]), 'link_in_archive'],
  ['an archive by name', zipOf([{ name: 'more.zip', content: 'x' }]), 'nested_archive'],
  ['an archive by content', zipOf([{ name: 'a.json', content: zipOf(many(1)) }]), 'nested_archive'],
  ['a bomb that admits it', zipOf([{ name: 'a.json', content: Buffer.alloc(2_000_000) }]), 'archive_bomb'],
  [
    'a bomb that says it is small',
    zipOf([{ name: 'a.json', content: Buffer.alloc(2_000_000), claims: { uncompressedSize: 10 } }]),
    'broken_archive',
  ],
  ['an unknown packing method', zipOf([{ name: 'a.json', content: '{}', claims: { method: 99 } }]), 'broken_archive'],
  ['more entries than it holds', zipOf(many(1), { entryCount: 50 }), 'broken_archive'],
  ['too many entries', zipOf(many(2_001)), 'too_many_entries'],
  ['a file that is too large', zipOf([{ name: 'a.json', content: noise(17 * 1024 * 1024) }]), 'file_too_large'],
])('%s is refused', async (_what, archive, expected) => {
  expect(await code(archive)).toBe(expected);
});

test('a truncated archive is refused wherever it was cut', async () => {
  const whole = zipOf(many(3));
  for (const part of [0.2, 0.5, 0.9, 0.99]) {
    expect(await code(whole.subarray(0, Math.floor(whole.length * part)))).toBe('broken_archive');
  }
});
