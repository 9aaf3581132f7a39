import { setImmediate } from 'node:timers/promises';

const TURN_MS = 20;

/**
 * For loops of pure work that may be long: called in each round, it lets everything else of the process have its turn
 * whenever `ms` have passed since the last one.
 */
export function pacer(ms = TURN_MS): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < ms) return;
    await setImmediate();
    since = performance.now();
  };
}
