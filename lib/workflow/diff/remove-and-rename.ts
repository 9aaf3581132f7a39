import { type Edge, isNote, type Workflow, type WorkflowNode } from '../model';
import { renameNodes } from '../rename/rename-nodes';

/** What a diff and its application begin with: nodes taken out by key, others given new names. */
export interface Preparation {
  readonly removed: ReadonlySet<string>;
  readonly newNames: ReadonlyMap<string, string>;
}

/** Takes nodes out with their connections and test data, then renames. Doing both first keeps every later change small. */
export function removeAndRename(workflow: Workflow, { removed, newNames }: Preparation): Workflow {
  if (removed.size === 0) return renameNodes(workflow, newNames);
  const nodes = workflow.nodes.filter((node) => !removed.has(node.key));
  const names = new Set(nodes.filter((node) => !isNote(node)).map(nameOf));
  const gone = new Set(workflow.nodes.filter((node) => removed.has(node.key) && !names.has(node.name)).map(nameOf));
  const left: Workflow = {
    ...workflow,
    nodes,
    edges: workflow.edges.filter((edge) => !touches(edge, gone)),
    pinData: Object.fromEntries(Object.entries(workflow.pinData).filter(([name]) => !gone.has(name))),
  };
  return renameNodes(left, newNames);
}

function nameOf(node: WorkflowNode): string {
  return node.name;
}

/** Whether a connection starts or ends at one of these nodes. */
export function touches(edge: Edge, names: ReadonlySet<string>): boolean {
  return names.has(edge.from) || names.has(edge.to);
}

/** Deals connections out to the nodes they touch, each to one: to its source before its target. */
export function edgesByNode(edges: readonly Edge[], names: ReadonlySet<string>): Map<string, Edge[]> {
  const dealt = new Map<string, Edge[]>();
  for (const edge of edges) {
    const owner = names.has(edge.from) ? edge.from : edge.to;
    if (!names.has(owner)) continue;
    const list = dealt.get(owner);
    if (list) list.push(edge);
    else dealt.set(owner, [edge]);
  }
  return dealt;
}
