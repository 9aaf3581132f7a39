import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The command line of a process, or '' when there is no such process, or only a dead one nobody has waited for. */
export function commandLine(pid: number): string {
  if (process.platform !== 'linux') return run('ps', ['-o', 'command=', '-p', String(pid)]);
  return readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

/**
 * What tells a process from a later one with the same id: when it started. '' when there is no such process, or only a
 * dead one nobody has waited for.
 */
export function startTime(pid: number): string {
  if (process.platform !== 'linux') return run('ps', ['-o', 'lstart=', '-p', String(pid)]);
  // After the name, which may hold anything: the state first, the start time as the twentieth.
  const fields = readText(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields[0] === 'Z' ? '' : (fields[19] ?? '');
}

/** Sends a signal to a process that may already be gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Polls until `condition` holds; false when `timeout` milliseconds pass first. */
export async function until(condition: () => boolean, timeout: number, interval = 20): Promise<boolean> {
  const deadline = performance.now() + timeout;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await sleep(interval);
  }
  return true;
}

function run(command: string, args: string[]): string {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout.trim();
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
