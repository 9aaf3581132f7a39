import { type Place, runIn, workerContext } from './journal.fixture';
import { loadRun } from './journal-store';
import type { Interruption, JournalOptions, Point } from './options';

class Stop extends Error {}

type Crash = Interruption & { here: Promise<never> };
type IsFatal = (point: Point, position?: number) => boolean;

/**
 * A process that ends at a passing: from then on nothing of it runs, not even what stands in `finally`. `here` rejects
 * when that happens.
 */
function crashing(isFatal: IsFatal): Crash {
  let dead = false;
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  return {
    here: promise,
    isFrozen: () => dead,
    async at(point, position) {
      if (!dead && !isFatal(point, position)) return;
      dead = true;
      reject(new Stop(point));
      await new Promise(() => undefined);
    },
  };
}

/** Runs until it is killed at a point, and waits out what the dead process held; runs to its end without the point. */
export function killAt(
  place: Place,
  runId: string,
  { point, nth }: Passing,
  options: Partial<JournalOptions> = {},
): Promise<void> {
  let seen = 0;
  return crashWhen(place, runId, (passed) => passed === point && ++seen === nth, options);
}

/** The same, at a passing that is told otherwise. */
export async function crashWhen(
  place: Place,
  runId: string,
  isFatal: IsFatal,
  options: Partial<JournalOptions> = {},
): Promise<void> {
  const crash = crashing(isFatal);
  const run = runIn(place, runId, { ...options, interruption: crash });
  run.catch(() => undefined);
  await Promise.race([run, crash.here]).catch((error) => {
    if (!(error instanceof Stop)) throw error;
  });
  await expireLease(place);
}

/** A process that sleeps at a point until it is woken, and renews nothing meanwhile. */
export function stallAt({ point, nth }: Passing) {
  const [reached, woken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let [seen, asleep, slept] = [0, false, false];
  return {
    here: reached.promise,
    isFrozen: () => asleep,
    async at(passed: Point) {
      if (slept || passed !== point || ++seen < nth) return;
      asleep = slept = true;
      reached.resolve();
      await woken.promise;
    },
    wake() {
      asleep = false;
      woken.resolve();
    },
  };
}

export type Passing = { point: Point; nth: number };

/** Lets a run go by and notes every point it passes. */
export async function tracePassings(
  place: Place,
  runId: string,
  options: Partial<JournalOptions> = {},
): Promise<Passing[]> {
  const passings: Passing[] = [];
  const counts = new Map<Point, number>();
  const interruption: Interruption = {
    isFrozen: () => false,
    async at(point) {
      counts.set(point, (counts.get(point) ?? 0) + 1);
      passings.push({ point, nth: counts.get(point)! });
    },
  };
  await runIn(place, runId, { ...options, interruption });
  return passings;
}

/** As if the time of a dead holder had run out. */
export const expireLease = ({ kernel, tenantId, environmentId }: Place) =>
  workerContext(kernel, tenantId).tx(
    (db) => db.$executeRaw`
      UPDATE environment_leases SET expires_at = clock_timestamp() WHERE environment_id = ${environmentId}::uuid`,
  );

/** Everything the journal holds of a run. */
export const readJournal = (place: Place, runId: string) =>
  workerContext(place.kernel, place.tenantId).tx((db) => loadRun(db, runId));
