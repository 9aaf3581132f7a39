import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { call, isReady, keyWorks, makeKey, OWNER } from './owner.mjs';
import { commandOf, startGroup, stopGroup } from './process-group.mjs';

const serveHidden = fileURLToPath(new URL('./serve-hidden.cjs', import.meta.url));
const READY_MS = 600_000;
/** Nothing else of the caller's environment reaches n8n: test runners and other tools change how it behaves. */
const INHERITED = /^(HOME|USER|LOGNAME|LANG|LC_\w+|TMPDIR|SHELL|NODE_EXTRA_CA_CERTS)$/;

/**
 * Starts an installed n8n on a folder of its own and waits until it takes requests. A folder used before keeps its
 * data, its owner and its API key; an n8n that a killed run left on it is stopped first.
 * @param {{ node: string, app: string, version: string, cache: string, port: number, dir: string, ui: boolean, env: Record<string, string> }} options
 * @returns {Promise<{ baseUrl: string, apiKey: string, pid: number, version: string, email: string, password: string, log: string, ended: Promise<string> }>}
 */
export async function startN8n(options) {
  const { version, port } = options;
  const dir = resolve(options.dir);
  const baseUrl = `http://127.0.0.1:${port}`;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  await stopLeftover(dir);
  if (await answers(baseUrl)) throw new Error(`Port ${port} is taken.`);

  const log = join(dir, 'n8n.log');
  const output = openSync(log, 'w');
  const program = join(options.app, 'node_modules/n8n/bin/n8n');
  const env = { ...environment({ ...options, dir }), ...options.env };
  const child = startGroup(options.node, ['--require', serveHidden, program, 'start'], {
    cwd: dir,
    stdio: ['ignore', output, output],
    env,
  });
  writeFileSync(join(dir, 'n8n.pid'), JSON.stringify({ pid: child.pid, program }));
  const ended = new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (code, signal) => done(`n8n ended with ${code ?? signal}.`));
  });

  await untilReady(baseUrl, ended, log);
  const apiKey = await apiKeyOf(baseUrl, join(dir, 'api-key'));
  return { baseUrl, apiKey, pid: child.pid, version, email: OWNER.email, password: OWNER.password, log, ended };
}

async function untilReady(baseUrl, ended, log) {
  let end;
  ended.then((reason) => {
    end = reason;
  });
  for (const deadline = Date.now() + READY_MS; !(await isReady(baseUrl)); await sleep(100)) {
    if (end) throw new Error(`${end}\n${readFileSync(log, 'utf8').slice(-2_000)}`);
    if (Date.now() > deadline) throw new Error(`n8n was not ready within ${READY_MS / 1_000} s; ${log} says why.`);
  }
}

async function apiKeyOf(baseUrl, file) {
  const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (known && (await keyWorks(baseUrl, known))) return known;
  const key = await makeKey(baseUrl);
  writeFileSync(file, key, { mode: 0o600 });
  return key;
}

const answers = (baseUrl) =>
  call(baseUrl, 'GET', '/healthz').then(
    () => true,
    () => false,
  );

/** The number in the file is only believed when that process still is this n8n. */
async function stopLeftover(dir) {
  const file = join(dir, 'n8n.pid');
  if (!existsSync(file)) return;
  try {
    const { pid, program } = JSON.parse(readFileSync(file, 'utf8'));
    if (commandOf(pid).includes(program)) await stopGroup(pid);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  rmSync(file, { force: true });
}

function encryptionKey(dir) {
  const file = join(dir, 'encryption-key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** Everything that calls home is off, everything listens on loopback only. */
function environment({ node, cache, dir, port, ui }) {
  const inherited = Object.entries(process.env).filter(([name]) => INHERITED.test(name));
  const off = [
    'DIAGNOSTICS',
    'VERSION_NOTIFICATIONS',
    'TEMPLATES',
    'PERSONALIZATION',
    'DYNAMIC_BANNERS',
    'COMMUNITY_PACKAGES',
  ];
  return {
    ...Object.fromEntries(inherited),
    ...Object.fromEntries(off.map((name) => [`N8N_${name}_ENABLED`, 'false'])),
    PATH: `${resolve(node, '..')}:${process.env.PATH}`,
    NODE_ENV: 'production',
    NODE_COMPILE_CACHE: join(cache, 'compile-cache'),
    N8N_USER_FOLDER: dir,
    N8N_ENCRYPTION_KEY: encryptionKey(dir),
    DB_TYPE: 'sqlite',
    // 1.x defaults to 0, and then loses concurrent writes.
    DB_SQLITE_POOL_SIZE: '4',
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_HOST: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_PROTOCOL: 'http',
    WEBHOOK_URL: `http://127.0.0.1:${port}/`,
    N8N_SECURE_COOKIE: 'false',
    N8N_DISABLE_UI: ui ? 'false' : 'true',
    N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
    N8N_PUBLIC_API_SWAGGERUI_DISABLED: 'true',
    N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
    // A runner that starts later than its token lives is turned away, again and again. 1.x gives it 15 s and does
    // without one when told to; 2.x always has one, and lets its token live as long as we say. Seconds.
    N8N_RUNNERS_ENABLED: 'false',
    N8N_RUNNERS_GRANT_TOKEN_TTL: '600',
    N8N_RUNNERS_MODE: 'internal',
    N8N_RUNNERS_BROKER_PORT: String(port < 55_000 ? port + 10_000 : port - 10_000),
    GENERIC_TIMEZONE: 'UTC',
  };
}
