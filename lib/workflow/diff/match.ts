import { logicNodeText } from '../canonical/parts';
import { isNote, type Workflow, type WorkflowNode } from '../model';

/** Which node of the old workflow is which of the new one. */
export interface NodeMatch {
  readonly pairs: readonly (readonly [before: WorkflowNode, after: WorkflowNode])[];
  readonly removed: readonly WorkflowNode[];
  readonly added: readonly WorkflowNode[];
}

type Identity = (node: WorkflowNode) => string | null;

/**
 * Matches nodes by id, then by name, then by content. A shared name does not make two nodes of different types one,
 * unless an id is missing and nothing else is like them. Equal content counts in the same place, or where one side has
 * no ids to contradict it; then also the same type in the same place.
 * A sticky note never becomes a node that runs.
 */
export function matchNodes(before: Workflow, after: Workflow): NodeMatch {
  const matching = new Matching(before.nodes, after.nodes);
  matching.pairByKey();
  matching.pairBy(({ type, name }) => `${type} ${name}`);
  if (matching.unmatched()) {
    matching.pairBy((node) => content(node) + node.position.join());
    matching.pairBy(content, lacksId);
    matching.pairBy(({ type, position }) => `${type} ${position}`, lacksId);
    matching.pairBy(({ name }) => name, lacksId);
  }
  return matching;
}

const lacksId = (a: WorkflowNode, b: WorkflowNode): boolean => a.id === null || b.id === null;

class Matching implements NodeMatch {
  pairs: [WorkflowNode, WorkflowNode][] = [];
  removed: WorkflowNode[];
  added: WorkflowNode[];

  constructor(before: readonly WorkflowNode[], after: readonly WorkflowNode[]) {
    this.removed = [...before];
    this.added = [...after];
  }

  unmatched(): boolean {
    return this.removed.length > 0 && this.added.length > 0;
  }

  /** Keys are unique on each side: an id, or the name of a node without one, which also needs the type. */
  pairByKey(): void {
    const candidates = new Map(this.added.map((node) => [node.key, node]));
    this.removed = this.removed.filter((node) => {
      const candidate = candidates.get(node.key);
      if (!candidate || isNote(node) !== isNote(candidate)) return true;
      if (node.id === null && node.type !== candidate.type) return true;
      candidates.delete(node.key);
      this.pairs.push([node, candidate]);
      return false;
    });
    this.added = [...candidates.values()];
  }

  /** Pairs what has the same identity on both sides and may be one node, in order where several share it. */
  pairBy(identity: Identity, mayPair: (a: WorkflowNode, b: WorkflowNode) => boolean = () => true): void {
    if (!this.unmatched()) return;
    const candidates = byIdentity(this.added, identity);
    const taken = new Set<WorkflowNode>();
    this.removed = this.removed.filter((node) => {
      const waiting = candidates.get(identity(node));
      const candidate = waiting?.at(-1);
      if (!candidate || isNote(node) !== isNote(candidate) || !mayPair(node, candidate)) return true;
      waiting!.pop();
      taken.add(candidate);
      this.pairs.push([node, candidate]);
      return false;
    });
    this.added = this.added.filter((node) => !taken.has(node));
  }
}

/** Nodes by identity, the first of each list at its end. */
function byIdentity(nodes: readonly WorkflowNode[], identity: Identity): Map<string | null, WorkflowNode[]> {
  const lists = new Map<string | null, WorkflowNode[]>();
  for (const node of nodes.toReversed()) {
    const id = identity(node);
    if (id === null) continue;
    const list = lists.get(id);
    if (list) list.push(node);
    else lists.set(id, [node]);
  }
  return lists;
}

function content(node: WorkflowNode): string {
  return logicNodeText({ ...node, name: '' });
}
