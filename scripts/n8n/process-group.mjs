import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 15_000;

/** Everything this process started in groups of their own, to be stopped with it. */
const running = new Set();

/** Starts a program as the leader of its own process group, so that what it starts can be stopped with it. */
export function startGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Runs a program to its end; rejects with the last of its output. */
export function runGroup(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = startGroup(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output = (output + data).slice(-4_000);
      });
    }
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      code === 0
        ? resolve(undefined)
        : reject(new Error(`${command} ${args[0]} ended with ${code ?? signal}.\n${output}`)),
    );
  });
}

const signalGroup = (pid, signal) => {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
};

/** Ends a process group: politely, then not. */
export async function stopGroup(pid) {
  if (!signalGroup(pid, 'SIGTERM')) return;
  for (const deadline = Date.now() + GRACE_MS; Date.now() < deadline; await sleep(100)) {
    if (!signalGroup(pid, 0)) return;
  }
  signalGroup(pid, 'SIGKILL');
}

export const stopAll = () => Promise.all([...running].map((child) => child.pid && stopGroup(child.pid)));

/** The command line of a process, empty when there is none: a number alone may by now belong to somebody else. */
export function commandOf(pid) {
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}
