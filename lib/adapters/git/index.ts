import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ApprovedStore } from '@/lib/ports/approved-store';
import { MAIN, type SnapshotStore } from '@/lib/ports/snapshot-store';
import type { Call } from '@/lib/ports/workflow-provider';
import { runGit } from './process';
import * as reading from './reading';
import { Repository } from './repository';
import { STALE_AFTER_MS } from './stale-lock';
import { commit } from './writing';

const CHECK_TIMEOUT_MS = 10_000;
/** The first that takes configuration from the environment, with which ours shuts the machine's off. */
const OLDEST_GIT = [2, 31] as const;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Options = { folder: string; searchPath: string; staleAfterMs?: number };

/**
 * A bare repository per tenant in a folder of ours, by the git of the machine: works with no account. `folder` and the
 * repositories are made when they are needed; `searchPath` is where git is looked for, as in `PATH`. Milliseconds.
 */
export function createLocalStore(options: Options): ApprovedStore {
  const folder = resolve(options.folder);
  const { searchPath, staleAfterMs = STALE_AFTER_MS } = options;
  return {
    check: (call) => check(folder, searchPath, call),
    forTenant(tenantId) {
      if (!UUID.test(tenantId)) throw new Error('A tenant’s id is a UUID.');
      return storeOf(new Repository(join(folder, `${tenantId}.git`), searchPath, staleAfterMs));
    },
  };
}

function storeOf(repository: Repository): SnapshotStore {
  return {
    head: (branch = MAIN, call) => repository.head(branch, call),
    commit: (request, call) => commit(repository, request, call),
    readTree: (ref, folder, call) => reading.readTree(repository, ref, folder, call),
    readFile: async (ref, path, call) => (await reading.readFiles(repository, ref, [path], call)).get(path) ?? null,
    readFiles: (ref, paths, call) => reading.readFiles(repository, ref, paths, call),
    log: (query) => reading.log(repository, query),
    diff: (from, to, call) => reading.diff(repository, from, to, call),
    at: (point, branch = MAIN, call) => reading.at(repository, point, branch, call),
  };
}

async function check(folder: string, searchPath: string, call?: Call): ReturnType<ApprovedStore['check']> {
  try {
    const { stdout } = await runGit({ searchPath }, ['--version'], { ...call, timeoutMs: CHECK_TIMEOUT_MS });
    const version = stdout.toString().trim();
    if (isTooOld(version))
      return { ok: false, detail: `${version} is too old; ${OLDEST_GIT.join('.')} or newer is needed.` };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK);
    return { ok: true, detail: `The local store can be written (${version}).` };
  } catch (error) {
    const noGit = (error as { cause?: { syscall?: string } }).cause?.syscall?.startsWith('spawn');
    const detail = noGit
      ? (error as Error).message
      : 'The data directory of the server cannot be written; check its owner and the free space.';
    return { ok: false, detail };
  }
}

/** 2.9 is older than 2.31. */
function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? [];
  const [oldestMajor, oldestMinor] = OLDEST_GIT;
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
