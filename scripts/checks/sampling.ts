import { randomInt } from 'node:crypto';
import { report } from '../progress.ts';

/**
 * What tests with long matrices go by: N8NOPS_TEST_FULL=1 runs them whole, else N8NOPS_TEST_SEED picks the sample. The
 * seed is printed, so that a failing sample can be run again.
 */
export function sampling(full: boolean): Record<string, string> {
  const seed = process.env.N8NOPS_TEST_SEED || String(randomInt(1, 2 ** 31));
  if (full) return { N8NOPS_TEST_SEED: seed, N8NOPS_TEST_FULL: '1' };
  report(`Long matrices are sampled: N8NOPS_TEST_SEED=${seed} repeats this sample.`);
  return { N8NOPS_TEST_SEED: seed };
}
