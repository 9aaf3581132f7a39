import { matchNodes, type NodeMatch } from '../diff/match';
import { isNote, type Workflow, type WorkflowNode } from '../model';

/** One node as it is in the three versions; null where it does not exist. */
export interface Lineage {
  /** Its key in the base, else in the side that added it. */
  readonly key: string;
  readonly base: WorkflowNode | null;
  readonly ours: WorkflowNode | null;
  readonly theirs: WorkflowNode | null;
}

/** Follows every node through the three versions. Nodes that both sides added are one when they share id or name. */
export function traceLineages(base: Workflow, ours: Workflow, theirs: Workflow): Lineage[] {
  const our = matchNodes(base, ours);
  const their = matchNodes(base, theirs);
  const inOurs = successors(our);
  const inTheirs = successors(their);
  const kept = base.nodes.map((node) => ({
    key: node.key,
    base: node,
    ours: inOurs.get(node) ?? null,
    theirs: inTheirs.get(node) ?? null,
  }));
  return [...kept, ...traceAdded(our.added, their.added)];
}

function successors(match: NodeMatch): Map<WorkflowNode, WorkflowNode> {
  return new Map(match.pairs);
}

function traceAdded(ours: readonly WorkflowNode[], theirs: readonly WorkflowNode[]): Lineage[] {
  const byKey = new Map(theirs.map((node) => [node.key, node]));
  const byName = new Map(theirs.map((node) => [node.name, node]));
  const shared = new Set<WorkflowNode>();
  const added = ours.map((node): Lineage => {
    const twin = byKey.get(node.key) ?? byName.get(node.name) ?? null;
    const free = twin !== null && !shared.has(twin) && isNote(twin) === isNote(node) ? twin : null;
    if (free) shared.add(free);
    return { key: node.key, base: null, ours: node, theirs: free };
  });
  const others = theirs.filter((node) => !shared.has(node));
  return [...added, ...others.map((node) => ({ key: node.key, base: null, ours: null, theirs: node }))];
}
