import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SnapshotStoreError } from '@/lib/ports/snapshot-failure';
import { explainExit, explainStart } from './failure';

const TIMEOUT_MS = 30_000;
const GRACE_MS = 2_000;
const MIB = 1024 * 1024;
const MAX_STDERR_BYTES = 16 * 1024;

/** How git is started, and on what. */
export type GitPlace = {
  /** The bare repository; none for commands that need none. */
  directory?: string;
  /** Where the program is looked for, as in `PATH`. */
  searchPath: string;
};

export type GitCall = {
  /** What git reads. A list is written piece by piece, so that large input stands in memory once. */
  input?: Iterable<Uint8Array | string>;
  env?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** More output than this ends the call as `too_large`. Default 16 MiB. */
  maxBytes?: number;
  /** Exit codes that are answers, not failures. Default 0 alone. */
  accept?: readonly number[];
};

export type GitResult = { code: number; stdout: Buffer };

/** Runs git once, bounded in time and output. Rejects with `SnapshotStoreError`, or with the signal's reason. */
export async function runGit(place: GitPlace, args: readonly string[], call: GitCall = {}): Promise<GitResult> {
  call.signal?.throwIfAborted();
  const overflow = new AbortController();
  const limits = [overflow.signal, AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS)];
  const halt = AbortSignal.any(call.signal ? [...limits, call.signal] : limits);
  const child = spawn('git', args, { env: environment(place, call.env), stdio: 'pipe' });
  halt.addEventListener('abort', () => terminate(child), { once: true });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  collect(child.stdout, stdout, call.maxBytes ?? 16 * MIB, () => overflow.abort());
  collect(child.stderr, stderr, MAX_STDERR_BYTES, () => {});
  // Git may have read enough, or have died: its exit says so better than a broken pipe.
  pipeline(Readable.from(call.input ?? []), child.stdin).catch(() => {});

  const [code] = (await once(child, 'close').catch((error) => {
    throw explainStart(error);
  })) as [number | null];
  if (code !== null && (call.accept ?? [0]).includes(code) && !overflow.signal.aborted) {
    return { code, stdout: Buffer.concat(stdout) };
  }
  call.signal?.throwIfAborted();
  if (overflow.signal.aborted) throw new SnapshotStoreError('too_large', 'The store holds more than is read at once.');
  if (halt.aborted) throw new SnapshotStoreError('timeout', 'The store did not answer in time.');
  throw explainExit(args[0]!, code, Buffer.concat(stderr).toString());
}

function collect(stream: Readable, into: Buffer[], maxBytes: number, overflowed: () => void): void {
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxBytes) into.push(chunk);
    else overflowed();
  });
}

/** Asked first, git takes its lock files with it; killed, it leaves them behind. */
function terminate(child: ReturnType<typeof spawn>): void {
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.once('close', () => clearTimeout(kill));
}

/**
 * Nothing of the machine's or the account's configuration reaches git, no hook runs, and nothing is asked on a terminal.
 * What is written is on the disk before the branch points to it.
 */
function environment({ directory, searchPath }: GitPlace, own: Record<string, string> = {}): NodeJS.ProcessEnv {
  const config = {
    'core.fsync': 'all,-index',
    'core.fsyncMethod': 'batch',
    'fastimport.unpackLimit': '8',
    'core.hooksPath': '/dev/null',
    'core.filesRefLockTimeout': '1000',
    'core.quotePath': 'false',
    ...(directory ? { 'safe.directory': directory } : {}),
  };
  const pairs = Object.entries(config).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    PATH: searchPath,
    HOME: '/nonexistent',
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_CONFIG_COUNT: String(Object.keys(config).length),
    ...Object.fromEntries(pairs),
    ...(directory ? { GIT_DIR: directory } : {}),
    ...own,
  } as NodeJS.ProcessEnv;
}
