import { createHash } from 'node:crypto';
import { checkChanges, foldersOf, refused } from '@/lib/ports/snapshot-changes';
import { SnapshotConflict, SnapshotStoreError } from '@/lib/ports/snapshot-failure';
import { type Changes, type CommitRequest, type CommitResult, MAIN } from '@/lib/ports/snapshot-store';
import type { Call } from '@/lib/ports/workflow-provider';
import { type Edit, importStream } from './import-stream';
import { branchRef, type Repository } from './repository';
import { clearStaleLocks } from './stale-lock';

const NO_OBJECT = '0'.repeat(40);

/**
 * Objects first, the branch last: a process that dies in between leaves objects nobody points to, which git clears away
 * in time. The branch moves by compare-and-swap, so of two writers one is told to read again.
 */
export async function commit(repository: Repository, request: CommitRequest, call?: Call): Promise<CommitResult> {
  const { branch = MAIN, expectedHead, changes } = request;
  const ref = branchRef(branch);
  checkChanges(changes);
  call?.signal?.throwIfAborted();
  await repository.ensure(call);
  const { head, objects } = await look(repository, ref, expectedHead, changes, call);
  if (head !== expectedHead) throw new SnapshotConflict(expectedHead, head);
  const edits = effectiveEdits(changes, objects);
  if (edits.length === 0) return { status: 'unchanged', sha: head };

  const input = importStream({ ...request, parent: head, edits, at: new Date() });
  const sha = await repository.text(['fast-import', '--quiet', '--done'], { ...call, input });
  call?.signal?.throwIfAborted();
  await moveBranch(repository, { branch, ref, from: head, to: sha });
  // Git decides when there is enough to pack, and does it in the background; the commit stands either way.
  if (await repository.isDueForPacking()) await repository.git(['gc', '--auto', '--quiet']).catch(() => {});
  return { status: 'committed', sha };
}

type StoredObject = { id: string; type: string };

/** The head, and what stands on the expected one at each path and folder of the changes: all in one question. */
async function look(
  repository: Repository,
  ref: string,
  expectedHead: string | null,
  changes: Changes,
  call?: Call,
): Promise<{ head: string | null; objects: Map<string, StoredObject> }> {
  const paths = expectedHead ? [...new Set([...changes.keys()].flatMap((path) => [path, ...foldersOf(path)]))] : [];
  const lines = [`${ref}^{commit}`, ...paths.map((path) => `${expectedHead}:${path}`)];
  const args = ['cat-file', '--batch-check=%(objectname) %(objecttype)'];
  const answers = (await repository.text(args, { ...call, input: [`${lines.join('\n')}\n`] })).split('\n');
  const [head, ...found] = answers.map((line): StoredObject | null => {
    const [, id, type] = /^([0-9a-f]{40}) (commit|blob|tree)$/.exec(line) ?? [];
    return id && type ? { id, type } : null;
  });
  const objects = paths.flatMap((path, index) => (found[index] ? [[path, found[index]] as const] : []));
  return { head: head?.id ?? null, objects: new Map(objects) };
}

/** What really differs from the head: identical bytes are neither written nor committed. */
function effectiveEdits(changes: Changes, objects: ReadonlyMap<string, StoredObject>): Edit[] {
  return [...changes].flatMap(([path, content]): Edit[] => {
    const there = objects.get(path);
    if (content === null) return there?.type === 'blob' ? [{ path, content }] : [];
    if (there?.type === 'tree') throw refused(path, 'There is a folder in this place.');
    if (foldersOf(path).some((folder) => objects.get(folder)?.type === 'blob' && changes.get(folder) !== null)) {
      throw refused(path, 'One of its folders is a file.');
    }
    return there?.id === blobIdOf(content) ? [] : [{ path, content }];
  });
}

const blobIdOf = (content: Uint8Array): string =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

type Move = { branch: string; ref: string; from: string | null; to: string };

/** Once begun it is not given up: then nobody would know whether the branch moved. */
async function moveBranch(repository: Repository, { branch, ref, from, to }: Move): Promise<void> {
  const move = () => repository.git(['update-ref', ref, to, from ?? NO_OBJECT]);
  try {
    await move().catch((error) => {
      const busy = error instanceof SnapshotStoreError && error.failure === 'busy';
      if (!busy || !clearStaleLocks(repository.directory, ref, repository.staleAfterMs)) throw error;
      return move();
    });
  } catch (error) {
    const actual = await repository.head(branch);
    if (actual === to) return;
    if (actual !== from) throw new SnapshotConflict(from, actual);
    throw error;
  }
}
