import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { invalidField, notFound } from '@/lib/core/errors';
import { SnapshotStoreError } from '@/lib/ports/snapshot-failure';
import { MAIN, type Ref } from '@/lib/ports/snapshot-store';
import type { Call } from '@/lib/ports/workflow-provider';
import { explainStart } from './failure';
import { type GitCall, type GitResult, runGit } from './process';

const SHA = /^[0-9a-f]{40}$/;
const BRANCH = /^(?!.*(?:\.\.|\/\/|\.lock(?:\/|$)|\/\.))[a-z0-9][a-z0-9._/-]{0,198}[a-z0-9]$/i;

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
    return this.commitOf(branchRef(branch), call);
  }

  /** The commit that a ref names now, so that what is read next is read from one moment; null when there is none. */
  async find(ref: Ref, call?: Call): Promise<string | null> {
    return this.commitOf(SHA.test(ref) ? ref : branchRef(ref), call);
  }

  /** `find`, throwing `not_found`. */
  async resolve(ref: Ref, call?: Call): Promise<string> {
    const sha = await this.find(ref, call);
    if (sha === null) throw notFound('approved state');
    return sha;
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

/** Throws `invalid` for what no git would take as a branch, and for what another git command would take as an option. */
export function branchRef(branch: string): string {
  if (!BRANCH.test(branch)) throw invalidField('branch', 'This is not the name of a branch.');
  return `refs/heads/${branch}`;
}
