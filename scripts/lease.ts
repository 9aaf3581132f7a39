import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTime } from './processes.ts';

/** A process that uses something shared, and how it gives it back. */
export interface Lease {
  /** Ends this process's use and tells whether others remain. */
  release(): { othersRemain: boolean };
}

let counter = 0;

/**
 * Notes in a folder that this process uses what the folder stands for. A lease is a file named by process id and
 * holding when it started, so that one left by a killed process, even if its id is in use again, counts for nothing.
 */
export function takeLease(folder: string): Lease {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  counter += 1;
  const file = join(folder, `${process.pid}-${counter}`);
  writeFileSync(file, startTime(process.pid), { mode: 0o600 });
  return {
    release() {
      rmSync(file, { force: true });
      return { othersRemain: isLeased(folder) };
    },
  };
}

/** Whether a living process holds a lease in the folder; leases of dead ones are swept. */
export function isLeased(folder: string): boolean {
  let leased = false;
  for (const name of listFolder(folder)) {
    const file = join(folder, name);
    if (isHeld(file, Number.parseInt(name, 10))) leased = true;
    else rmSync(file, { force: true });
  }
  return leased;
}

/** Runs one thing at a time among all processes that name the same lock file; a dead holder's lock is taken over. */
export async function withLock<Result>(file: string, run: () => Promise<Result>): Promise<Result> {
  while (!tryLock(file)) {
    const holder = Number.parseInt(readText(file), 10);
    if (!isHeld(file, holder) && isSettled(file)) rmSync(file, { force: true });
    else await sleep(50);
  }
  try {
    return await run();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}\n${startTime(process.pid)}`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A lock that is only just being written is empty for a moment. */
function isSettled(file: string): boolean {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 1_000;
}

function isHeld(file: string, pid: number): boolean {
  const now = Number.isNaN(pid) ? '' : startTime(pid);
  return now !== '' && readText(file).endsWith(now);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
