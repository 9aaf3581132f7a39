import type { Scope } from '../scripts/command.ts';

/** One number, with the most it should be where a goal was set. */
export interface Measurement {
  name: string;
  value: number;
  /** E.g. "ms", "×", "MB", "requests". */
  unit: string;
  goal?: number;
}

/** What `bench/<name>.bench.ts` exports as default; it is bundled first, so it may import by `@/`. */
export interface Benchmark {
  /** What is compared with what, in one sentence. */
  title: string;
  /** Starts what it needs, undone through `scope`, and measures. */
  run(scope: Scope): Promise<Measurement[]>;
}
