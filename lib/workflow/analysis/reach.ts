import type { Flow } from '../layout/flow';

/**
 * Positions of the nodes that run once `starts` have: along `main` connections, with the sub-nodes of what is reached.
 * What is in `known` is neither entered nor given again.
 */
export function reachFrom(
  starts: Iterable<number>,
  { targets, parts }: Flow,
  known: ReadonlySet<number> = new Set(),
): ReadonlySet<number> {
  const reached = new Set([...starts].filter((node) => !known.has(node)));
  // A Set visits what is added while it is walked.
  for (const node of reached) {
    for (const next of targets[node]!) if (!known.has(next)) reached.add(next);
    for (const part of parts[node]!) if (!known.has(part)) reached.add(part);
  }
  return reached;
}
