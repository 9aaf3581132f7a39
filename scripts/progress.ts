/** Says what is going on. On stderr, so that a command's stdout holds its result and nothing else. */
export function report(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** Runs a step that takes a while and says how long it took. */
export async function step<Result>(name: string, run: () => Promise<Result> | Result): Promise<Result> {
  report(`${name} ...`);
  const started = performance.now();
  const result = await run();
  report(`${name}: ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  return result;
}
