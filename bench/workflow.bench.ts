import type { Benchmark } from './benchmark';
import { measureBundle } from './workflow/measure-bundle';
import { measureDiff } from './workflow/measure-diff';
import { measureDigest } from './workflow/measure-digest';

/** Goals that are relative are set from the libraries' times of the same run. */
export default {
  title:
    'diff and digest of workflows beside the libraries people use for JSON, and what the engine weighs in a browser',
  run: async () => [...measureDiff(), ...measureDigest(), ...(await measureBundle())],
} satisfies Benchmark;
