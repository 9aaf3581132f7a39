import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { invalidField, notFound } from '@/lib/core/errors';
import { SnapshotStoreError } from '@/lib/ports/snapshot-failure';
import { MAIN, type Ref } from '@/lib/ports/snapshot-store';
import type { Call } from '@/lib/ports/workflow-provider';
import { explainStart } from './failure';
import { type GitCall, type GitResult, runGit } from './process';

const SHA = /^[0-9a-f]{40}$/;
const BRANCH = /^(?!.*(?:\.\.|\/\/|\.lock(?:\/|$)|\/\.))[a-z0-9][a-z0-9._/-]{0,198}[a-z0-9]$/i;

/** `gc.auto` is 6,700 objects. */
const LOOSE_IN_ONE_FOLDER = 26;
/** `gc.autoPackLimit` is 50 packs, of two files at least. */
const PACK_FILES = 100;

/** One bare repository on this machine. */
export class Repository {
  constructor(
    /** Absolute, ends in `.git`. */
    readonly directory: string,
    private readonly searchPath: string,
    /** Milliseconds after which a lock is one that a killed process left. */
    readonly staleAfterMs: number,
  ) {}

  git(args: readonly string[], call?: GitCall): Promise<GitResult> {
    return runGit({ directory: this.directory, searchPath: this.searchPath }, args, call);
  }

  /** Git's output as one trimmed text. */
  async text(args: readonly string[], call?: GitCall): Promise<string> {
    return (await this.git(args, call)).stdout.toString().trim();
  }

  async exists(): Promise<boolean> {
    return access(join(this.directory, 'HEAD')).then(
      () => true,
      (error) => {
        if (error.code === 'ENOENT') return false;
        throw explainStart(error);
      },
    );
  }

  /** Made aside and moved into place whole, so that it is never seen half made, and of two makers one wins. */
  async ensure(call?: Call): Promise<void> {
    if (await this.exists()) return;
    const aside = `${this.directory}.${randomUUID()}.new`;
    try {
      await mkdir(aside, { recursive: true, mode: 0o700 });
      const init = ['init', '--quiet', '--bare', '--object-format=sha1', `--initial-branch=${MAIN}`, '--template='];
      await runGit({ searchPath: this.searchPath }, [...init, aside], call);
      await rename(aside, this.directory);
    } catch (error) {
      if (!(await this.exists())) throw error instanceof SnapshotStoreError ? error : explainStart(error as Error);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }

  async head(branch: string, call?: Call): Promise<string | null> {
    const ref = branchRef(branch);
    call?.signal?.throwIfAborted();
    // Git replaces the file of a ref whole, so it can be read without starting git; packed refs have none.
    const named = await readFile(join(this.directory, ref), 'utf8').then((text) => text.trim(), String);
    return isSha(named) ? named : this.commitOf(ref, call);
  }

  /** The commit that a ref names now, so that what is read next is read from one moment; null when there is none. */
  async find(ref: Ref, call?: Call): Promise<string | null> {
    return isSha(ref) ? this.commitOf(ref, call) : this.head(ref, call);
  }

  /** `find`, throwing `not_found`. */
  async resolve(ref: Ref, call?: Call): Promise<string> {
    const sha = await this.find(ref, call);
    if (sha === null) throw notFound('approved state');
    return sha;
  }

  /** `resolve`, which believes in a commit that is named by its id: `gitOn` asks when git does not know it. */
  async name(ref: Ref, call?: Call): Promise<string> {
    return isSha(ref) && (await this.exists()) ? ref : this.resolve(ref, call);
  }

  /** `git` on these commits; throws `not_found` where it failed because one of them is none. */
  async gitOn(commits: readonly string[], args: readonly string[], call?: GitCall): Promise<GitResult> {
    try {
      return await this.git(args, call);
    } catch (error) {
      for (const sha of commits) await this.resolve(sha, { signal: call?.signal });
      throw error;
    }
  }

  /** Git's own estimate, without starting git: one of 256 folders of loose objects is counted, and the packs are. */
  async isDueForPacking(): Promise<boolean> {
    const count = (name: string) => readdir(join(this.directory, 'objects', name)).then(({ length }) => length);
    const [loose, packs] = await Promise.all(['17', 'pack'].map((name) => count(name).catch(() => 0)));
    return loose! > LOOSE_IN_ONE_FOLDER || packs! > PACK_FILES;
  }

  private async commitOf(revision: string, call?: Call): Promise<string | null> {
    if (!(await this.exists())) return null;
    const { code, stdout } = await this.git(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], {
      ...call,
      // 128 is git's answer to the id of something that is no commit.
      accept: SHA.test(revision) ? [0, 1, 128] : [0, 1],
    });
    return code === 0 ? stdout.toString().trim() : null;
  }
}

export const isSha = (ref: Ref): boolean => SHA.test(ref);

/** Throws `invalid` for what no git would take as a branch, and for what another git command would take as an option. */
export function branchRef(branch: string): string {
  if (!BRANCH.test(branch)) throw invalidField('branch', 'This is not the name of a branch.');
  return `refs/heads/${branch}`;
}
