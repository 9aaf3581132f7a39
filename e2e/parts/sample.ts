/** How many of a long list one run sweeps; `npm run test:full` sweeps all of it. */
const SAMPLE = 8;
const seed = Number(process.env.N8NOPS_TEST_SEED ?? 1);

/** A part of the entries that the printed seed chooses, in their own order: the same seed sweeps the same. */
export function swept<Entry>(entries: readonly Entry[]): readonly Entry[] {
  if (process.env.N8NOPS_TEST_FULL === '1') return entries;
  const ranked = entries.map((entry, at) => ({ entry, at, rank: Math.abs(Math.sin(seed + at * 7919)) }));
  const chosen = ranked.toSorted((a, b) => a.rank - b.rank).slice(0, SAMPLE);
  return chosen.toSorted((a, b) => a.at - b.at).map(({ entry }) => entry);
}
