import { report } from '../progress.ts';

/** How many things held and how many did not. */
export interface Tally {
  passed: number;
  failed: number;
}

/** One group of checks. `output` is where its programs write. */
export interface Check {
  name: string;
  run(output: 'inherit' | 'collect', signal: AbortSignal): Promise<Outcome>;
}

/** A tally, and what the programs wrote when that was collected. */
export interface Outcome extends Tally {
  output: string;
}

/** A finished check. */
export interface Finished extends Tally {
  name: string;
  /** Duration in milliseconds. */
  duration: number;
}

/** Runs checks one after the other, their output as it comes. A check that breaks counts as one failure. */
export async function runInTurn(checks: Check[], signal: AbortSignal): Promise<Finished[]> {
  const finished: Finished[] = [];
  for (const check of checks) {
    signal.throwIfAborted();
    report(`\n── ${check.name} ──`);
    finished.push((await finish(check, 'inherit', signal)).finished);
  }
  return finished;
}

/** Runs checks side by side, and prints each one's output when it is done. */
export async function runSideBySide(checks: Check[], signal: AbortSignal): Promise<Finished[]> {
  return Promise.all(
    checks.map(async (check) => {
      const { finished, output } = await finish(check, 'collect', signal);
      report(`\n── ${check.name}: ${describe(finished)} ──\n${output.trimEnd()}`);
      return finished;
    }),
  );
}

async function finish(check: Check, mode: 'inherit' | 'collect', signal: AbortSignal) {
  const started = performance.now();
  const { passed, failed, output } = await check.run(mode, signal).catch((error: Error) => {
    signal.throwIfAborted();
    return { passed: 0, failed: 1, output: error.message };
  });
  if (mode === 'inherit' && output) report(output);
  return { output, finished: { name: check.name, passed, failed, duration: performance.now() - started } };
}

/** Prints the table and the closing line, which programs read, and answers the exit code. */
export function conclude(all: Finished[]): number {
  report('');
  for (const finished of all) report(`${finished.name.padEnd(34)} ${describe(finished)}`);
  const { passed, failed } = sum(all);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** The tally of all of them. */
export function sum(all: Tally[]): Tally {
  return all.reduce((total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }));
}

function describe({ passed, failed, duration }: Finished): string {
  return `${passed} passed, ${failed} failed, ${(duration / 1_000).toFixed(1)} s`;
}
