import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { AppError, invalid } from '@/lib/core/errors';

const MB = 1024 * 1024;
export const ARCHIVE_LIMITS = {
  entries: 2_000,
  inflatedBytes: 100 * MB,
  fileBytes: 16 * MB,
  /** Inflated to packed; nothing honest comes near. */
  ratio: 100,
} as const;
/** Below this size the ratio says nothing: a short text of spaces is no attack. */
const RATIO_FROM_BYTES = 64 * 1024;

export type ArchivedFile = { path: string; bytes: Buffer };

const SYMLINK = 0o120000;
const FILE_KIND = 0o170000;
const NESTED = /\.(zip|gz|tgz|tar|bz2|xz|7z|rar)$/i;
/** What archivers add by themselves. */
const CLUTTER = /^__MACOSX\/|(^|\/)(\.DS_Store|Thumbs\.db)$/;

const hostile = (detail: string, code: string, cause?: unknown) => invalid(detail, undefined, { code, cause });

/**
 * The files of a ZIP, counted while they inflate: what the archive says about its sizes is not believed. Throws
 * `invalid` for an archive that is broken, encrypted, nested, linked, or larger than its limits, before anything of it
 * has been used.
 */
export async function readArchive(bytes: Uint8Array): Promise<ArchivedFile[]> {
  const zip = await open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    return await readEntries(zip);
  } catch (error) {
    // yauzl's own refusals: names that leave the folder, sizes that lie, headers that contradict each other.
    throw error instanceof AppError
      ? error
      : hostile(`The archive is broken: ${messageOf(error)}.`, 'broken_archive', error);
  } finally {
    zip.close();
  }
}

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message.split('\n')[0]!.slice(0, 200) : 'unknown';

function open(buffer: Buffer): Promise<ZipFile> {
  const options = { lazyEntries: true, strictFileNames: true, validateEntrySizes: true };
  return new Promise((resolve, reject) =>
    fromBuffer(buffer, options, (error, zip) =>
      error ? reject(hostile(`This is no ZIP archive: ${messageOf(error)}.`, 'broken_archive', error)) : resolve(zip),
    ),
  );
}

async function readEntries(zip: ZipFile): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  let total = 0;
  // More than are announced are never read, so the announcement is enough.
  if (zip.entryCount > ARCHIVE_LIMITS.entries) {
    throw hostile(`More than ${ARCHIVE_LIMITS.entries} entries.`, 'too_many_entries');
  }
  for await (const entry of entriesOf(zip)) {
    if (entry.fileName.endsWith('/') || CLUTTER.test(entry.fileName)) continue;
    assertPlain(entry);
    const content = await inflate(zip, entry, ARCHIVE_LIMITS.inflatedBytes - total);
    total += content.byteLength;
    files.push({ path: entry.fileName, bytes: content });
  }
  return files;
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (let read = 0; read < zip.entryCount; read += 1) {
    yield await new Promise<Entry>((resolve, reject) => {
      const done = (settle: () => void) => {
        zip.removeAllListeners();
        settle();
      };
      zip.once('entry', (entry: Entry) => done(() => resolve(entry)));
      zip.once('error', (error: Error) => done(() => reject(error)));
      zip.once('end', () => done(() => reject(new Error('it ends before its last entry'))));
      zip.readEntry();
    });
  }
}

function assertPlain(entry: Entry): void {
  const mode = (entry.externalFileAttributes >>> 16) & FILE_KIND;
  if ((entry.generalPurposeBitFlag & 1) !== 0) throw hostile(`${entry.fileName} is encrypted.`, 'encrypted_archive');
  if (mode === SYMLINK) throw hostile(`${entry.fileName} is a link.`, 'link_in_archive');
  if (NESTED.test(entry.fileName)) throw hostile(`${entry.fileName} is an archive in an archive.`, 'nested_archive');
  assertRatio(entry, entry.uncompressedSize);
}

function assertRatio({ fileName, compressedSize }: Entry, inflated: number): void {
  if (inflated < RATIO_FROM_BYTES || inflated <= compressedSize * ARCHIVE_LIMITS.ratio) return;
  throw hostile(`${fileName} inflates to more than ${ARCHIVE_LIMITS.ratio} times its size.`, 'archive_bomb');
}

async function inflate(zip: ZipFile, entry: Entry, left: number): Promise<Buffer> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > left) throw hostile('The archive inflates to more than 100 MB.', 'archive_too_large');
    if (size > ARCHIVE_LIMITS.fileBytes) throw hostile(`${entry.fileName} has more than 16 MB.`, 'file_too_large');
    assertRatio(entry, size);
    chunks.push(chunk);
  }
  const content = Buffer.concat(chunks);
  if (content.subarray(0, 4).equals(ZIP_MAGIC))
    throw hostile(`${entry.fileName} is an archive in an archive.`, 'nested_archive');
  return content;
}

const ZIP_MAGIC = Buffer.from('PK\u0003\u0004', 'latin1');
/** By its first bytes; a file may call itself what it likes. */
export const isArchive = (bytes: Uint8Array): boolean => ZIP_MAGIC.equals(bytes.subarray(0, 4));
