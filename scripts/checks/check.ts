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

/** A tally, what failed by name, and what the programs wrote when that was collected. */
export interface Outcome extends Tally {
  failures: string[];
  output: string;
}

/** A finished check. */
export interface Finished extends Tally {
  name: string;
  failures: string[];
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
  const { output, ...outcome } = await check.run(mode, signal).catch((error: Error) => {
    signal.throwIfAborted();
    return { passed: 0, failed: 1, failures: [error.message], output: error.message };
  });
  if (mode === 'inherit' && output) report(output);
  return { output, finished: { name: check.name, ...outcome, duration: performance.now() - started } };
}

/**
 * Prints what failed, the table and the closing line, which programs read, and answers the exit code. The failures and
 * the seed of the samples are said again here because the end is what every kept log of a long run still has.
 */
export function conclude(all: Finished[], seed?: string): number {
  for (const { name, failures } of all) for (const failure of failures) report(`\nFailed in ${name}: ${failure}`);
  if (seed && sum(all).failed > 0) report(`\nSampled with N8NOPS_TEST_SEED=${seed}`);
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
