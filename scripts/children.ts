import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scope } from './command.ts';
import { signal, startTime, until } from './processes.ts';

/** How long a child may take to end by itself, in milliseconds. */
const GRACE = 20_000;

/**
 * Starts long-running children and ends them with the command. Each stands in a ledger, so that the next command that
 * uses the same folder ends what a killed one left behind.
 */
export class Children {
  readonly #ledger: string;
  readonly #scope: Scope;
  readonly #running = new Map<number, ChildProcess>();

  constructor(dataFolder: string, scope: Scope) {
    this.#ledger = join(dataFolder, 'children');
    this.#scope = scope;
    mkdirSync(this.#ledger, { recursive: true, mode: 0o700 });
  }

  /** Starts a process in a group of its own, so that a Ctrl-C leaves its ending to us. */
  start(command: string, args: string[], options: SpawnOptions): ChildProcess {
    const child = spawn(command, args, { ...options, detached: true });
    if (child.pid === undefined) return child;
    // Only now: what stood before the first child, a database for one, must outlive it.
    if (this.#running.size === 0) this.#scope.onEnd(() => this.#endAll());
    const entry = `${process.pid} ${startTime(process.pid)} ${startTime(child.pid)}`;
    writeFileSync(join(this.#ledger, `${child.pid}`), entry, { mode: 0o600 });
    this.#running.set(child.pid, child);
    return child;
  }

  #endAll(): Promise<unknown> {
    return Promise.all([...this.#running.keys()].map((pid) => this.#end(pid)));
  }

  async #end(pid: number): Promise<void> {
    const child = this.#running.get(pid);
    await endGroup(pid, () => child?.exitCode !== null || child.signalCode !== null);
    rmSync(join(this.#ledger, `${pid}`), { force: true });
  }

  /** Ends the children of commands that are dead themselves. */
  async endOrphans(): Promise<void> {
    for (const name of readdirSync(this.#ledger)) {
      const entry = join(this.#ledger, name);
      const [owner, ownerStart, started] = readFileSync(entry, 'utf8').split(' ');
      if (startTime(Number(owner)) === ownerStart) continue;
      const pid = Number(name);
      if (started && startTime(pid) === started) await endGroup(pid, () => startTime(pid) !== started);
      rmSync(entry, { force: true });
    }
  }
}

async function endGroup(pid: number, hasEnded: () => boolean): Promise<void> {
  if (hasEnded()) return;
  signal(-pid, 'SIGTERM');
  if (await until(hasEnded, GRACE)) return;
  signal(-pid, 'SIGKILL');
  await until(hasEnded, GRACE);
}

/** Resolves with the exit code of a child; 1 when a signal ended it or it never started. */
export async function exitCode(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return child.exitCode;
  try {
    const [code] = await once(child, 'exit');
    return code ?? 1;
  } catch {
    return 1;
  }
}
