/** A directed graph over 0 … size-1: `targets[i]` are the nodes that node i points to. */
export type Adjacency = readonly (readonly number[])[];

/**
 * Strongly connected components, each before every component that points to it: callees first. Tarjan's algorithm
 * with an explicit stack, so that a chain of any length is safe; O(nodes + edges).
 */
export function components(targets: Adjacency): number[][] {
  const size = targets.length;
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const next = new Int32Array(size);
  const open = new Uint8Array(size);
  const pending: number[] = [];
  const found: number[][] = [];
  let counter = 0;

  const enter = (node: number, trail: number[]) => {
    order[node] = low[node] = counter++;
    open[node] = 1;
    pending.push(node);
    trail.push(node);
  };
  const close = (root: number) => {
    const members: number[] = [];
    let node: number;
    do {
      node = pending.pop()!;
      open[node] = 0;
      members.push(node);
    } while (node !== root);
    found.push(members.sort((a, b) => a - b));
  };

  for (let start = 0; start < size; start += 1) {
    if (order[start] !== -1) continue;
    const trail: number[] = [];
    enter(start, trail);
    while (trail.length > 0) {
      const node = trail.at(-1)!;
      const target = targets[node]![next[node]!++];
      if (target === undefined) {
        trail.pop();
        if (low[node] === order[node]) close(node);
        const parent = trail.at(-1);
        if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      } else if (order[target] === -1) enter(target, trail);
      else if (open[target]) low[node] = Math.min(low[node]!, order[target]!);
    }
  }
  return found;
}
