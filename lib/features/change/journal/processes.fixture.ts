import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import type { Fate } from '@/lib/testing/chaos/fate';
import { TEST_ENV } from '@/lib/testing/house';
import { bundlePrograms } from '@/scripts/app/bundle';
import { expireLease } from './interruption.fixture';
import type { Place } from './journal.fixture';
import type { RunOutcome } from './outcome';

const root = join(import.meta.dirname, '../../../..');
const PROGRAM = 'dist/testing/journal-process.mjs';

/** The dead are buried at once, so no lease of theirs is waited for, and no busy machine loses one. */
const LONG_LEASE_MS = 60_000;
/** Who sleeps longer has lost it. */
const SHORT_LEASE_MS = 10_000;
/** A run throws what may pass, a busy database for one; then the next process goes on, as a job is delivered again. */
const PATIENCE = 20;

export const bundleJournalProcess = () =>
  bundlePrograms({ 'journal-process': 'lib/testing/chaos/journal-main.ts' }, 'dist/testing');

export type Said = Pick<RunOutcome, 'status' | 'problems'> | { code: string };
type Line = { passing: string } | Said;

/** A process that executes a run. */
export class JournalProcess {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor(place: Place, runId: string, fate: Fate) {
    const leaseMs = fate.signal === 'SIGKILL' ? LONG_LEASE_MS : SHORT_LEASE_MS;
    const order = { databaseUrl: inject('databaseUrl'), tenantId: place.tenantId, runId, leaseMs, fate };
    // Compiling takes most of the time of a process that is killed soon.
    const NODE_COMPILE_CACHE = join(root, 'dist/testing/compile-cache');
    const env = { ...process.env, NODE_COMPILE_CACHE, ...TEST_ENV, MASTER_KEY: process.env.MASTER_KEY };
    this.child = spawn(process.execPath, [join(root, PROGRAM), JSON.stringify(order)], {
      ...{ cwd: root, env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  /** What it says next: where it met its fate, or how it ended. */
  async says(): Promise<Line> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error('The process ended without a word.');
    return JSON.parse(value) as Line;
  }

  async gone(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }

  wake(): void {
    this.child.kill('SIGCONT');
  }

  /** Whatever state it is in. */
  kill(): void {
    this.child.kill('SIGKILL');
  }
}

type Luck = Pick<Fate, 'oneIn' | 'seed' | 'points'>;

export type Chain = {
  passings: string[];
  end: Pick<RunOutcome, 'status' | 'problems'>;
};

/** `passing` is where the process met its fate. */
type Between = (passing: string) => Promise<void>;
type Meanwhile = { asleep: Between; overtaken: (sleeper: JournalProcess, passing: string) => Promise<void> };

/**
 * Executes a run by one process after the other, each of which is killed at a passing at which none was before; until
 * one comes to the end, since it passes nothing new.
 */
export async function killChain(place: Place, runId: string, luck: Luck, between?: Between) {
  const passings: string[] = [];
  const troubles: string[] = [];
  for (;;) {
    const process = new JournalProcess(place, runId, { signal: 'SIGKILL', each: 'passing', met: passings, ...luck });
    const said = await process.says();
    await process.gone();
    if ('status' in said) return { passings, end: said } satisfies Chain;
    if ('code' in said) {
      troubles.push(said.code);
      if (troubles.length > PATIENCE) throw new Error(`The processes gave up: ${troubles}`);
      continue;
    }
    passings.push(said.passing);
    await expireLease(place);
    await between?.(said.passing);
  }
}

/**
 * The same with processes that fall asleep, each at a named point at which none did before. The next one waits until
 * the lease has run out by itself; `overtaken` is called with a sleeper that was overtaken.
 */
export async function stallChain(place: Place, runId: string, luck: Luck, meanwhile: Meanwhile): Promise<Chain> {
  const passings: string[] = [];
  const troubles: string[] = [];
  let sleeper: JournalProcess | null = null;
  try {
    for (;;) {
      const process = new JournalProcess(place, runId, { signal: 'SIGSTOP', each: 'point', met: passings, ...luck });
      const said = await process.says();
      if (sleeper && !('code' in said)) {
        const last = sleeper;
        sleeper = null;
        await meanwhile.overtaken(last, passings.at(-1)!);
      }
      if ('status' in said) return { passings, end: said };
      if ('code' in said) {
        troubles.push(said.code);
        if (troubles.length > PATIENCE) throw new Error(`The processes gave up: ${troubles}`);
        continue;
      }
      passings.push(said.passing);
      sleeper = process;
      await meanwhile.asleep(said.passing);
    }
  } finally {
    sleeper?.kill();
  }
}
