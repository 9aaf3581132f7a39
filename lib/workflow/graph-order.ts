import { canonicalNode } from './canonical/document';
import { writeJson } from './canonical/write-json';
import { compareText, type Edge, type WorkflowNode } from './model';

/** Nodes in the order of the normal form, each with a key of its own: its id, else its name, else its name and a count. */
export function orderNodes(nodes: readonly WorkflowNode[]): WorkflowNode[] {
  const keys = new Set<string>();
  const counts = new Map<string, number>();
  return sortNodes(nodes).map((node) => {
    let key = node.id;
    while (key === null || keys.has(key)) {
      const count = (counts.get(node.name) ?? 0) + 1;
      counts.set(node.name, count);
      key = count === 1 ? `name:${node.name}` : `name:${node.name}#${count}`;
    }
    keys.add(key);
    return key === node.key ? node : { ...node, key };
  });
}

/** By name, then id. Where both are shared only the content can tell the nodes apart, so it is written out, once each. */
function sortNodes(nodes: readonly WorkflowNode[]): WorkflowNode[] {
  const contents = new Map<WorkflowNode, string>();
  const contentOf = (node: WorkflowNode): string => {
    const known = contents.get(node) ?? writeJson(canonicalNode(node));
    contents.set(node, known);
    return known;
  };
  return nodes.toSorted(
    (a, b) =>
      compareText(a.name, b.name) || compareText(a.id ?? '', b.id ?? '') || compareText(contentOf(a), contentOf(b)),
  );
}

/** One text per edge: equal keys, equal edges. Lengths come first, so that no name can imitate a boundary. */
export function edgeKey({ from, type, output, to, toType, input }: Edge): string {
  return `${output},${input},${from.length},${type.length},${to.length}:${from}${type}${to}${toType}`;
}

/** One text per output of a node: equal for the edges that leave it together. */
export function outputKey({ from, type, output }: Edge): string {
  return `${output},${from.length}:${from}${type}`;
}

/** Sorts edges into the order of the normal form; `ordered` leaves the order within one `main` output alone. */
export function sortEdges(edges: readonly Edge[], ordered: boolean): Edge[] {
  return edges.toSorted((a, b) => {
    const branch = compareText(a.from, b.from) || compareText(a.type, b.type) || a.output - b.output;
    if (branch !== 0 || (ordered && a.type === 'main')) return branch;
    return compareText(a.to, b.to) || compareText(a.toType, b.toType) || a.input - b.input;
  });
}
