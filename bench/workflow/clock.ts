/** However little time each run leaves, this many are made, unless they take longer than `PATIENCE` together. */
const RUNS = 12;
const PATIENCE = 3_000;

/** The shortest of many runs, in milliseconds: what the code costs when nothing disturbs it. */
export function shortest(run: () => unknown, budget = 400): number {
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + budget;
  const latest = performance.now() + PATIENCE;
  let runs = 0;
  do {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
    runs += 1;
  } while (performance.now() < end || runs < 3 || (runs < RUNS && performance.now() < latest));
  return best;
}
