import type { Call, CallGraph, UnresolvedCall } from './call-graph';
import { components } from './components';

/** Everything a set of workflows needs, and the order in which to write and publish it. */
export interface Closure {
  /** Ids of the roots and of all they reach, in write order: a callee before its callers. */
  readonly members: readonly string[];
  /** Ids named as roots that the graph does not have. */
  readonly missingRoots: readonly string[];
  readonly calls: readonly Call[];
  /** References of members that lead to no member, each with the reason. */
  readonly unresolved: readonly UnresolvedCall[];
  /** Groups that call each other in a circle, self-calls not counted; each in write order. */
  readonly cycles: readonly (readonly string[])[];
  /**
   * References that point to a member written later: circles, and lists of callers. Their ids are not known on a new
   * instance until everything has been written once.
   */
  readonly secondPass: readonly Call[];
  /** A callee before every caller that n8n refuses to publish without it. */
  readonly publishOrder: readonly string[];
  /** Groups of which n8n will refuse the first to be published: each needs another one of it published before. */
  readonly publishCycles: readonly (readonly string[])[];
  /** `publishOrder` reversed. */
  readonly rollbackOrder: readonly string[];
}

/** The transitive closure over `roots`, and its orders. O(members + calls), deterministic in the order of the graph. */
export function closureOf(graph: CallGraph, roots: Iterable<string>): Closure {
  const { reached, missingRoots } = reach(graph, roots);
  const calls = reached.flatMap((id) => graph.calls.get(id) ?? []);
  const index = new Map(reached.map((id, position) => [id, position]));
  const from = Int32Array.from(calls, (call) => index.get(call.from)!);
  const to = Int32Array.from(calls, (call) => index.get(call.to)!);

  const groups = components(targetsOf(reached.length, { calls, from, to }, writtenFirst));
  const written = groups.flat();
  const position = new Int32Array(written.length);
  for (const [at, member] of written.entries()) position[member] = at;

  const moved = { calls, from: from.map((member) => position[member]!), to: to.map((member) => position[member]!) };
  const publishing = components(targetsOf(reached.length, moved, blocksPublishing));
  const members = written.map((member) => reached[member]!);
  const publishOrder = publishing.flat().map((at) => members[at]!);
  return {
    members,
    missingRoots,
    calls,
    unresolved: members.flatMap((id) => graph.unresolved.get(id) ?? []),
    cycles: circles(groups, reached),
    secondPass: calls.filter((_, at) => moved.to[at]! > moved.from[at]!),
    publishOrder,
    publishCycles: circles(publishing, members),
    rollbackOrder: publishOrder.toReversed(),
  };
}

/** Calls with the positions of both ends; typed arrays, since there are tens of thousands. */
interface PlacedCalls {
  readonly calls: readonly Call[];
  readonly from: Int32Array;
  readonly to: Int32Array;
}

function targetsOf(size: number, { calls, from, to }: PlacedCalls, counts: (call: Call) => boolean): number[][] {
  const targets = Array.from({ length: size }, (): number[] => []);
  for (const [at, call] of calls.entries()) {
    if (from[at] !== to[at] && counts(call)) targets[from[at]!]!.push(to[at]!);
  }
  return targets;
}

const circles = (groups: readonly number[][], ids: readonly string[]): string[][] =>
  groups.filter((group) => group.length > 1).map((group) => group.map((member) => ids[member]!));

/** A permitted caller need not exist before the workflow that permits it. */
const writtenFirst = ({ reference }: Call): boolean => reference.role !== 'caller';

/** n8n checks only enabled execute-workflow nodes of the workflow itself, and lets it call itself. */
function blocksPublishing({ reference: { role, node, within } }: Call): boolean {
  return role === 'execute' && within.length === 0 && node?.disabled === false;
}

function reach(graph: CallGraph, roots: Iterable<string>): { reached: string[]; missingRoots: string[] } {
  const seen = new Set<string>();
  const missingRoots: string[] = [];
  for (const root of roots) {
    if (graph.members.has(root)) seen.add(root);
    else missingRoots.push(root);
  }
  // A Set visits what is added while it is walked: this is the whole breadth-first search.
  for (const id of seen) for (const { to } of graph.calls.get(id) ?? []) seen.add(to);
  return { reached: [...seen], missingRoots };
}
