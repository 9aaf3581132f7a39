import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { Interruption, Point } from '@/lib/features/change/journal/options';

/** What becomes of a process that executes a run: at the first passing that is fatal, the signal. */
export type Fate = {
  /** SIGKILL ends it. SIGSTOP puts it to sleep, once; woken, it goes on as if nothing had been. */
  signal: 'SIGKILL' | 'SIGSTOP';
  /** Where earlier processes of the same run met theirs: nobody dies twice of the same. */
  met: string[];
  /** Whether every passing is fatal once, or every named point. */
  each: 'passing' | 'point';
  /** Where at all; everywhere by default. */
  points?: readonly string[];
  /** Of the passings so many to one, picked by the seed. A point that belongs to no step is no matter of luck. */
  oneIn: number;
  seed: number;
};

export const pointOf = (passing: string): string => passing.split(' ')[0]!;

/** Says on standard output where it ends, and ends there. */
export function fated({ signal, met, each, points: only, oneIn, seed }: Fate): Interruption {
  const [passings, points] = [new Set(met), new Set(met.map(pointOf))];
  let isOver = false;
  const isFatal = (point: Point, passing: string, position?: number): boolean => {
    if (isOver || only?.includes(point) === false) return false;
    if (each === 'point' ? points.has(point) : passings.has(passing)) return false;
    return (each === 'point' && position === undefined) || luckOf(`${seed} ${passing}`) % oneIn === 0;
  };
  return {
    isFrozen: () => false,
    async at(point, position) {
      const passing = position === undefined ? point : `${point} ${position}`;
      if (!isFatal(point, passing, position)) return;
      isOver = true;
      writeSync(1, `${JSON.stringify({ passing })}\n`);
      process.kill(process.pid, signal);
    },
  };
}

const luckOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();
