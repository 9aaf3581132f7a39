import type { Author, Trailers } from './commit-message';
import type { Call } from './workflow-provider';

/** Where approved states stand. */
export const MAIN = 'main';

/** A branch, or the full SHA of a commit. */
export type Ref = string;

/** Each path once: bytes replace the file, `null` deletes it. Deleting what is not there changes nothing. */
export type Changes = ReadonlyMap<string, Uint8Array | null>;

export type CommitRequest = {
  /** Default: `main`. */
  branch?: string;
  /** The head that the changes were decided on; null when the branch has no commit yet. */
  expectedHead: string | null;
  changes: Changes;
  author: Author;
  message: string;
  trailers: Trailers;
};

/** `unchanged`: the files already are as asked, and no commit was made; `sha` is the head. */
export type CommitResult = { status: 'committed'; sha: string } | { status: 'unchanged'; sha: string | null };

export type StoredFile = {
  path: string;
  /** Git's id of the bytes: equal ids, equal bytes. */
  blobId: string;
};

export type LogEntry = {
  sha: string;
  parents: string[];
  author: Author;
  /** When it was committed. ISO 8601, UTC, to the second. */
  committedAt: string;
  subject: string;
  body: string;
  /** As the commit claims them: anybody who can push can claim anything. */
  trailers: Partial<Trailers>;
};

export type LogQuery = Call & {
  /** Default: `main`. */
  ref?: Ref;
  /** Only commits that touched this file or folder. */
  path?: string;
  /** Default 50, at most 1,000. */
  limit?: number;
  /** Go on after this commit: the last one of the page before. */
  before?: string;
};

export type FileDifference = { path: string; kind: 'added' | 'modified' | 'deleted' };

/**
 * One tenant's repository of approved states, in words that a folder, a git remote and GitHub share. Throws
 * `SnapshotConflict`, `SnapshotStoreError`, `not_found` for a ref that is not there, `invalid` for a path or size that
 * is refused; or the signal's reason. Implementations hold no state: any number, in any process, may write at once.
 */
export interface SnapshotStore {
  /** The branch's newest commit; null when there is none yet. */
  head(branch?: string, call?: Call): Promise<string | null>;
  /** All changes in one commit on top of `expectedHead`, or nothing. Never empty, never forced. */
  commit(request: CommitRequest, call?: Call): Promise<CommitResult>;

  /** Files under a folder (default: all), by path. */
  readTree(ref: Ref, folder?: string, call?: Call): Promise<StoredFile[]>;
  /** Null when there is no such file. */
  readFile(ref: Ref, path: string, call?: Call): Promise<Uint8Array | null>;
  /** Many files at the price of one; a path without a file has no entry. At most 256 MiB at once. */
  readFiles(ref: Ref, paths: readonly string[], call?: Call): Promise<Map<string, Uint8Array>>;

  /** Newest first; empty for a ref without a commit. */
  log(query?: LogQuery): Promise<LogEntry[]>;
  /** What differs, by path, renames as deleted and added. `from` null: everything was added. */
  diff(from: Ref | null, to: Ref, call?: Call & { folder?: string }): Promise<FileDifference[]>;
  /**
   * The commit of the branch that stood at a moment (to the second, that second included), or the one that a SHA names;
   * null when there was none then, or when the branch's history does not have it.
   */
  at(point: Date | string, branch?: string, call?: Call): Promise<string | null>;
}
