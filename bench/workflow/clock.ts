/** The shortest of many runs, in milliseconds: what the code costs when nothing disturbs it. */
export function shortest(run: () => unknown, budget = 400): number {
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + budget;
  let runs = 0;
  do {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
    runs += 1;
  } while (performance.now() < end || runs < 3);
  return best;
}
