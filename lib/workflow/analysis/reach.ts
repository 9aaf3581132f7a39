import type { Flow } from '../layout/flow';

/** Positions of the nodes that run once `starts` have: along `main` connections, with the sub-nodes of what is reached. */
export function reachFrom(starts: Iterable<number>, { targets, parts }: Flow): ReadonlySet<number> {
  const reached = new Set(starts);
  // A Set visits what is added while it is walked.
  for (const node of reached) {
    for (const next of targets[node]!) reached.add(next);
    for (const part of parts[node]!) reached.add(part);
  }
  return reached;
}
