import { execFile } from 'node:child_process';
import { access, constants, mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ApprovedStore } from '@/lib/ports/approved-store';

const run = promisify(execFile);
const TIMEOUT_MS = 10_000;

/** A bare repository in a folder of ours: works with no account. `folder` is made when it is missing. */
export function createLocalStore({ folder }: { folder: string }): ApprovedStore {
  return {
    async check() {
      try {
        const { stdout } = await run('git', ['--version'], { timeout: TIMEOUT_MS });
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await access(folder, constants.R_OK | constants.W_OK);
        return { ok: true, detail: `The local store can be written (${stdout.trim()}).` };
      } catch (error) {
        const noGit = (error as { code?: string }).code === 'ENOENT';
        const detail = noGit
          ? 'git is not installed on the server; install it and try again.'
          : 'The data directory of the server cannot be written; check its owner and the free space.';
        return { ok: false, detail };
      }
    },
  };
}
