import { invalid } from '@/lib/core/errors';
import type { Changes } from './snapshot-store';

const MIB = 1024 * 1024;
/** Bytes and counts. GitHub refuses blobs over 100 MiB; the largest workflow known to us has 5. */
export const MAX_FILE_BYTES = 25 * MIB;
export const MAX_COMMIT_BYTES = 256 * MIB;
export const MAX_CHANGES = 20_000;
const MAX_PATH_LENGTH = 400;

/**
 * Lower case only: two paths that differ by case alone are one file on a Mac. A segment starts with a letter or digit,
 * so `.git` in any disguise, `..` and hidden files are out; Windows takes no dot at the end.
 */
const SEGMENT = /^[a-z0-9](?:[a-z0-9._-]{0,126}[a-z0-9_-])?$/;

/** Whether a path may be written: the same on every file system and every remote. */
export function isWritablePath(path: string): boolean {
  return path.length <= MAX_PATH_LENGTH && path.split('/').every((segment) => SEGMENT.test(segment));
}

/** Whether a path can name a file at all; what others pushed may be named more freely than what we write. */
export function isReadablePath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  return !/[\u0000-\u001f\u007f]/.test(path) && !path.split('/').some((segment) => /^\.{0,2}$/.test(segment));
}

/** Throws `invalid` for changes that no store may take: a hostile path, a file in a folder's place, too much at once. */
export function checkChanges(changes: Changes): void {
  if (changes.size > MAX_CHANGES) throw tooLarge(`More than ${MAX_CHANGES} files in one commit.`);
  let bytes = 0;
  for (const [path, content] of changes) {
    if (!isWritablePath(path)) throw refused(path, 'This path is not one that can be stored.');
    if (content === null) continue;
    if (content.length > MAX_FILE_BYTES) throw tooLarge(`${path} is larger than ${MAX_FILE_BYTES / MIB} MiB.`);
    bytes += content.length;
    if (foldersOf(path).some((folder) => changes.get(folder))) {
      throw refused(path, 'One of its folders is a file in the same commit.');
    }
  }
  if (bytes > MAX_COMMIT_BYTES) throw tooLarge(`More than ${MAX_COMMIT_BYTES / MIB} MiB in one commit.`);
}

/** `a/b/c` → `a`, `a/b`. */
export function foldersOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

const tooLarge = (detail: string) => invalid(detail, undefined, { code: 'too_large', status: 413 });

/** The path comes from somewhere hostile perhaps: shown quoted and short. */
export const refused = (path: string, message: string) =>
  invalid(message, [{ path: JSON.stringify(path).slice(0, 200), message }], { code: 'path_refused' });
