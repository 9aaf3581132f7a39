import { setTimeout as sleep } from 'node:timers/promises';
import { report } from './progress.ts';

type Undo = () => Promise<unknown> | unknown;

/** What a running command holds: how it is told to end, and what is undone then. */
export interface Scope {
  /** Aborted by SIGINT, SIGTERM, SIGHUP, or the death of the process that started us. */
  stopping: AbortSignal;
  /** Registers something to undo when the command ends, however it ends; the last one first. */
  onEnd(undo: Undo): void;
}

/** What a shell calls a command that a signal ended. */
const ENDED_BY_SIGNAL = 143;

/**
 * Runs a command and exits with the code it answers, after undoing what it registered: after success, after an error
 * (printed without its stack, exit code 1), and after a signal, which leaves the command a moment to answer by itself.
 */
export async function runCommand(main: (scope: Scope) => Promise<number>): Promise<never> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort());
  process.on('disconnect', () => stop.abort());
  process.channel?.unref();

  const undos: Undo[] = [];
  const answer = main({ stopping: stop.signal, onEnd: (undo) => undos.push(undo) }).catch((error: Error) => {
    if (stop.signal.aborted) return ENDED_BY_SIGNAL;
    report(error.message);
    return 1;
  });
  const patience = untilStopped(stop.signal).then(() => sleep(2_000, ENDED_BY_SIGNAL));
  const code = await Promise.race([answer, patience]);
  process.exit((await undoAll(undos)) ? code : code || 1);
}

async function undoAll(undos: Undo[]): Promise<boolean> {
  let clean = true;
  for (let undo = undos.pop(); undo; undo = undos.pop()) {
    try {
      await undo();
    } catch (error) {
      report((error as Error).message);
      clean = false;
    }
  }
  return clean;
}

/** Resolves when the command is told to end. */
export function untilStopped(stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stopping.aborted) resolve();
    stopping.addEventListener('abort', () => resolve(), { once: true });
  });
}
