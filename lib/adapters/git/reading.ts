import { AppError, invalidField } from '@/lib/core/errors';
import { parseMessage } from '@/lib/ports/commit-message';
import { isReadablePath } from '@/lib/ports/snapshot-changes';
import type { FileDifference, LogEntry, LogQuery, Ref, StoredFile } from '@/lib/ports/snapshot-store';
import { MAIN } from '@/lib/ports/snapshot-store';
import type { Call } from '@/lib/ports/workflow-provider';
import { damaged } from './failure';
import { branchRef, isSha, type Repository } from './repository';

const MIB = 1024 * 1024;
const MAX_LIST_BYTES = 64 * MIB;
const MAX_READ_BYTES = 256 * MIB;
const LOG_LIMIT = { usual: 50, most: 1_000 };
/** The tree without anything, which every git knows by heart. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Links and submodules, which others may have pushed, are not files of ours. */
const FILE_ENTRY = /^100\d{3} blob ([0-9a-f]{40})\t(.+)$/s;

export async function readTree(repository: Repository, ref: Ref, folder?: string, call?: Call): Promise<StoredFile[]> {
  const sha = await repository.name(ref, call);
  const args = ['ls-tree', '-r', '-z', '--full-tree', sha, ...within(folder)];
  const { stdout } = await repository.gitOn([sha], args, { ...call, maxBytes: MAX_LIST_BYTES });
  return records(stdout).flatMap((entry) => {
    const [, blobId, path] = FILE_ENTRY.exec(entry) ?? [];
    return blobId && path ? [{ path, blobId }] : [];
  });
}

export async function readFiles(
  repository: Repository,
  ref: Ref,
  paths: readonly string[],
  call?: Call,
): Promise<Map<string, Uint8Array>> {
  const asked = [...new Set(paths)].filter(isReadablePath);
  if (asked.length === 0) {
    await repository.resolve(ref, call);
    return new Map();
  }
  const sha = await repository.name(ref, call);
  const input = [asked.map((path) => `${sha}:${path}\n`).join('')];
  const { stdout } = await repository.git(['cat-file', '--batch'], { ...call, input, maxBytes: MAX_READ_BYTES });
  const files = readBatch(stdout, asked);
  if (files.size < asked.length) await checkNoneLost(repository, sha, asked, files, call);
  return files;
}

/** Git calls a file that was never there and one whose bytes are lost by the same word: `missing`. */
async function checkNoneLost(
  repository: Repository,
  sha: string,
  asked: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
  call?: Call,
): Promise<void> {
  const listed = new Set((await readTree(repository, sha, undefined, call)).map(({ path }) => path));
  const lost = asked.find((path) => listed.has(path) && !files.has(path));
  if (lost) throw damaged(new Error(`The bytes of ${lost} at ${sha} are lost.`));
}

/** One header line per path in the order of asking, followed by the bytes of what is there. */
function readBatch(output: Buffer, paths: readonly string[]): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let at = 0;
  for (const path of paths) {
    const end = output.indexOf(0x0a, at);
    const found = /^[0-9a-f]{40} (\w+) (\d+)$/.exec(output.toString('utf8', at, end));
    at = end + 1;
    if (!found) continue;
    const size = Number(found[2]);
    if (found[1] === 'blob') files.set(path, output.subarray(at, at + size));
    at += size + 1;
  }
  return files;
}

export async function log(repository: Repository, query: LogQuery = {}): Promise<LogEntry[]> {
  const { ref = MAIN, path, before, signal } = query;
  const limit = Math.min(Math.max(1, query.limit ?? LOG_LIMIT.usual), LOG_LIMIT.most);
  const format = '%H%x00%P%x00%an%x00%ae%x00%ct%x00%B';
  const args = ['log', '-z', '--no-show-signature', '--no-mailmap', `--max-count=${limit + 1}`, `--format=${format}`];
  const from = before ?? ref;
  const sha = isSha(from) ? from : await repository.find(from, { signal });
  if (sha === null) return [];
  const call = { signal, maxBytes: MAX_LIST_BYTES };
  const output = await repository.gitOn([sha], [...args, sha, ...within(path)], call).catch(unlessUnknown);
  if (!output) return [];
  return readLog(records(output.stdout))
    .filter((entry) => entry.sha !== before)
    .slice(0, limit);
}

/** A commit that is not there has no history. */
function unlessUnknown(error: unknown): null {
  if (error instanceof AppError && error.kind === 'not_found') return null;
  throw error;
}

const FIELDS = 6;

function readLog(values: readonly string[]): LogEntry[] {
  return Array.from({ length: values.length / FIELDS }, (_, index) => {
    const [sha, parents, name, email, seconds, text] = values.slice(index * FIELDS, (index + 1) * FIELDS) as string[];
    return {
      sha: sha!,
      parents: parents!.split(' ').filter(Boolean),
      author: { name: name!, email: email! },
      committedAt: new Date(Number(seconds) * 1_000).toISOString(),
      ...parseMessage(text!),
    };
  });
}

/** A change of type is a change of content to us. */
const KINDS: Record<string, FileDifference['kind']> = { A: 'added', D: 'deleted', M: 'modified', T: 'modified' };

export async function diff(
  repository: Repository,
  from: Ref | null,
  to: Ref,
  { folder, signal }: Call & { folder?: string } = {},
): Promise<FileDifference[]> {
  const before = from === null ? null : await repository.name(from, { signal });
  const after = await repository.name(to, { signal });
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--name-status'];
  const { stdout } = await repository.gitOn(
    before === null ? [after] : [before, after],
    [...args, before ?? EMPTY_TREE, after, ...within(folder)],
    { signal, maxBytes: MAX_LIST_BYTES },
  );
  const values = records(stdout);
  return Array.from({ length: values.length / 2 }, (_, index) => ({
    path: values[index * 2 + 1]!,
    kind: KINDS[values[index * 2]!] ?? 'modified',
  }));
}

export async function at(
  repository: Repository,
  point: Date | string,
  branch: string,
  call?: Call,
): Promise<string | null> {
  const ref = branchRef(branch);
  if ((await repository.head(branch, call)) === null) return null;
  if (typeof point !== 'string') {
    const seconds = Math.floor(point.getTime() / 1_000);
    if (!(seconds >= 0)) return null;
    return (await repository.text(['rev-list', '--max-count=1', `--min-age=${seconds}`, ref], call)) || null;
  }
  if (!/^[0-9a-f]{40}$/.test(point)) return null;
  const { code } = await repository.git(['merge-base', '--is-ancestor', point, ref], { ...call, accept: [0, 1, 128] });
  return code === 0 ? point : null;
}

/** The rest of a command that looks at one file or folder only. */
function within(path = ''): string[] {
  if (path === '') return [];
  if (!isReadablePath(path)) throw invalidField('path', 'This is not a path of the store.');
  return ['--', path];
}

const records = (output: Buffer): string[] => output.toString().split('\0').slice(0, -1);
