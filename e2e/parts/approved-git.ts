import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { house } from '../house/house.ts';

/** What the repository of an organisation says to plain git, as docs/git.md shows it. */
export async function git(tenantId: string, ...args: string[]): Promise<string> {
  const repository = join(house().adminEnv.DATA_DIR ?? '', 'git', `${tenantId}.git`);
  return (await promisify(execFile)('git', ['--git-dir', repository, ...args])).stdout.trim();
}

/** The last commit of what is approved: by whom, its first line, its trailers, and the files that it changed. */
export async function newestCommit(tenantId: string) {
  const format = ['%an <%ae>', '%s', '%(trailers:only,unfold)'].join('%n');
  const said = await git(tenantId, 'log', '-1', `--format=${format}`, 'main');
  const [author = '', subject = '', ...rest] = said.split('\n');
  const trailers = Object.fromEntries(rest.map((line) => line.split(': ')));
  const changed = (await git(tenantId, 'diff-tree', '-r', '--no-commit-id', '--name-only', 'main')).split('\n');
  return { author, subject, trailers, changed };
}
