import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLeased, takeLease, withLock } from '../lease.ts';
import { freePort } from '../ports.ts';
import { commandLine, signal, startTime, until } from '../processes.ts';
import { asOrdinaryUser, findExecutables } from './executables.ts';

/** A PostgreSQL on 127.0.0.1 whose superuser is `postgres`. */
export interface PostgresServer {
  port: number;
  password: string;
  /** Ends our use of it; the last of the processes that share it shuts it down. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Folder of its own for data, password and log; made when missing. */
  folder: string;
  /** Server settings, e.g. `{ fsync: 'off' }`; any free port is taken unless one is named here. */
  settings?: Record<string, string>;
}

/**
 * Starts the embedded PostgreSQL kept in a folder, or joins it when another process of ours already runs it. The server
 * stands in a process group of its own, so a Ctrl-C reaches what uses it first. A killed run leaves the server running;
 * the next one joins it and shuts it down in the end.
 */
export async function startPostgres({ folder, settings = {} }: ServerOptions): Promise<PostgresServer> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const place = new Place(folder);
  const { lease, port, password } = await withLock(place.lock, async () => {
    const password = await initialise(place);
    const running = runningServer(place);
    const port = running?.port ?? (await launch(place, settings));
    return { lease: takeLease(place.leases), port, password };
  });
  const stop = () =>
    withLock(place.lock, async () => {
      if (!lease.release().othersRemain) await shutDown(place);
    });
  return { port, password, stop };
}

/** Shuts down the server in a folder when every process that used it is dead; true when nobody uses it any more. */
export async function shutDownAbandoned(folder: string): Promise<boolean> {
  const place = new Place(folder);
  if (isLeased(place.leases)) return false;
  await shutDown(place);
  return true;
}

/** Where the parts of one server lie. */
class Place {
  readonly data: string;
  readonly passwordFile: string;
  readonly pidFile: string;
  readonly log: string;
  readonly lock: string;
  readonly leases: string;

  constructor(path: string) {
    // One server has one name, however its folder is reached.
    const folder = realpathSync(path);
    this.data = join(folder, 'data');
    this.passwordFile = join(folder, 'password');
    this.pidFile = join(this.data, 'postmaster.pid');
    this.log = join(folder, 'server.log');
    this.lock = join(folder, 'lock');
    this.leases = join(folder, 'leases');
  }
}

/** Makes the data folder on first use and answers the superuser's password. */
async function initialise(place: Place): Promise<string> {
  if (existsSync(join(place.data, 'PG_VERSION')) && existsSync(place.passwordFile)) {
    return readFileSync(place.passwordFile, 'utf8').trim();
  }
  // Half a data folder is what an initdb that was killed leaves; it refuses to go on from there.
  rmSync(place.data, { recursive: true, force: true });
  const password = randomBytes(18).toString('base64url');
  writeFileSync(place.passwordFile, password, { mode: 0o600 });
  const { initdb } = await findExecutables();
  const options = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${place.passwordFile}`];
  const encoding = ['--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  const [command, args] = asOrdinaryUser(initdb, ['-D', place.data, ...options, ...encoding]);
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return password;
  rmSync(place.data, { recursive: true, force: true });
  throw new Error(`PostgreSQL could not make its data folder: ${stderr || error?.message}`);
}

/** The server that runs on this data folder now. A process id of another's, or a dead one's, does not count. */
function runningServer(place: Place): { pid: number; port: number; ready: boolean } | undefined {
  if (!existsSync(place.pidFile)) return undefined;
  // Line 1: process id; 4: port; 8: state.
  const lines = readFileSync(place.pidFile, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!commandLine(pid).includes(place.data)) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** How long PostgreSQL may take: to recover from a crash, and to let go of memory that a killed one's backends hold. */
const START_TIMEOUT = 60_000;

async function launch(place: Place, settings: Record<string, string>): Promise<number> {
  const { postgres } = await findExecutables();
  const deadline = performance.now() + START_TIMEOUT;
  for (;;) {
    // Written by a server that was killed; its process id may be another's by now, which PostgreSQL takes for itself.
    rmSync(place.pidFile, { force: true });
    const port = settings.port ? Number(settings.port) : await freePort();
    const all = { port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
    const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [command, args] = asOrdinaryUser(postgres, ['-D', place.data, ...options]);
    const log = openSync(place.log, 'w', 0o600);
    const child = spawn(command, args, { stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    let exited = false;
    child.once('exit', () => {
      exited = true;
    });
    child.unref();
    await until(() => exited || runningServer(place)?.ready === true, deadline - performance.now());
    if (!exited && runningServer(place)?.ready) return port;
    const output = readFileSync(place.log, 'utf8');
    const mayPass = /still in use|Address already in use/.test(output) && performance.now() < deadline;
    if (!mayPass) throw new Error(`PostgreSQL did not start:\n${output.slice(-4_000)}`);
    await until(() => false, 300);
  }
}

/** Fast shutdown: ends sessions, keeps every committed change. */
async function shutDown(place: Place): Promise<void> {
  const running = runningServer(place);
  if (!running) return;
  const { pid } = running;
  const born = startTime(pid);
  // Its pid file goes a moment before the process does.
  const isGone = () => startTime(pid) !== born;
  signal(pid, 'SIGINT');
  if (await until(isGone, 15_000)) return;
  signal(pid, 'SIGQUIT');
  await until(isGone, 5_000);
}
