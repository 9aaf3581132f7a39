import { statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Git holds these for milliseconds, and ours are ended after half of this: whoever held one so long is dead. */
export const STALE_AFTER_MS = 60_000;

/** What moving a branch locks. A process killed meanwhile leaves them, and nothing but their age tells. */
const locksOf = (ref: string) => [`${ref}.lock`, 'HEAD.lock', 'packed-refs.lock'];

/** Removes the locks of dead processes; whether there was any. */
export function clearStaleLocks(directory: string, ref: string, staleAfterMs: number): boolean {
  return locksOf(ref)
    .map((lock) => join(directory, lock))
    .map((lock) => removeWhenStale(lock, staleAfterMs))
    .includes(true);
}

/** Looks and removes in one breath: between the two another process could clear it and take a fresh one. */
function removeWhenStale(lock: string, staleAfterMs: number): boolean {
  try {
    if (Date.now() - statSync(lock).mtimeMs < staleAfterMs) return false;
    unlinkSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
