// Built-ins only, and plain enough for Node 20: a fresh clone runs this before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installed = `${root}node_modules/.package-lock.json`;

/**
 * Installs the packages of the lock file unless they are there. npm's output goes to stderr.
 * @throws {Error} when npm fails
 */
export function installDependencies() {
  const isFirst = !existsSync(installed);
  if (!isFirst && isCurrent()) return;
  const started = Date.now();
  console.error(
    isFirst ? 'Installing packages: 1.3 GB, about a minute ...' : 'The lock file changed: updating packages ...',
  );
  // `ci` starts over, which is right when there is nothing, or only what an interrupted install left.
  const args = isFirst ? ['ci'] : ['install', '--no-save'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const { status, error } = spawnSync('npm', [...args, '--include=dev', '--include=optional'], options);
  if (status !== 0) throw new Error(`npm ${args[0]} failed${error ? `: ${error.message}` : ''}.`);
  console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function isCurrent() {
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  return isInstalled(packages(`${root}package-lock.json`), packages(installed));
}

/**
 * Whether every package of a lock file stands installed in its version. Optional ones may be missing: most are for other
 * platforms.
 * @param {Record<string, { version?: string, optional?: boolean }>} wanted by path
 * @param {Record<string, { version?: string }>} present by path
 */
export function isInstalled(wanted, present) {
  return Object.entries(wanted).every(
    ([path, { version, optional = false }]) =>
      path === '' || (present[path] ? present[path].version === version : optional),
  );
}
