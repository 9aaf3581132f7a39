import { createHash } from 'node:crypto';

/** Of everything that a run leaves to chance; printed where it is used, so that what was seen once can be seen again. */
export const SEED = Number(process.env.N8NOPS_TEST_SEED ?? Date.now() % 2 ** 31);

/** Whether long matrices run whole. */
export const IS_FULL = process.env.N8NOPS_TEST_FULL === '1';

/** A seed for one test, made of the run's, which is printed. */
export function seedOf(test: string): number {
  console.info(`N8NOPS_TEST_SEED=${SEED}: ${test}`);
  return createHash('sha256').update(`${SEED} ${test}`).digest().readUInt32BE();
}

/** So many of a long list, picked by the run's seed, which is printed; all of them in the full run. */
export function sample<T>(entries: readonly T[], count: number): T[] {
  if (IS_FULL || entries.length <= count) return [...entries];
  console.info(`N8NOPS_TEST_SEED=${SEED}: ${count} of ${entries.length}`);
  let state = SEED;
  const order = entries.map((entry, at) => {
    state = (Math.imul(state ^ at, 1_664_525) + 1_013_904_223) >>> 0;
    return { entry, at, rank: state };
  });
  const picked = order.toSorted((a, b) => a.rank - b.rank).slice(0, count);
  return picked.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

/** Numbers below a bound, the same ones for the same seed. */
export function luckOf(seed: number): (below: number) => number {
  let count = 0;
  return (below) => createHash('sha256').update(`${seed} ${++count}`).digest().readUInt32BE() % below;
}
