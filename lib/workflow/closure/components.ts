/** A directed graph over 0 … size-1: `targets[i]` are the nodes that node i points to. */
export type Adjacency = readonly (readonly number[])[];

/**
 * Strongly connected components, each before every component that points to it: callees first. Tarjan's algorithm
 * with a stack of its own, so that a chain of any length is safe; O(nodes + edges).
 */
export function components(targets: Adjacency): number[][] {
  return new Search(targets).run();
}

class Search {
  private readonly order: Int32Array;
  private readonly low: Int32Array;
  private readonly next: Int32Array;
  private readonly isOpen: Uint8Array;
  private readonly open: number[] = [];
  private readonly trail: number[] = [];
  private readonly found: number[][] = [];
  private entered = 0;

  constructor(private readonly targets: Adjacency) {
    const size = targets.length;
    this.order = new Int32Array(size).fill(-1);
    this.low = new Int32Array(size);
    this.next = new Int32Array(size);
    this.isOpen = new Uint8Array(size);
  }

  run(): number[][] {
    for (let start = 0; start < this.targets.length; start += 1) {
      if (this.order[start] === -1) this.enter(start);
      while (this.trail.length > 0) this.advance(this.trail.at(-1)!);
    }
    return this.found;
  }

  private enter(node: number): void {
    this.order[node] = this.entered;
    this.low[node] = this.entered;
    this.entered += 1;
    this.isOpen[node] = 1;
    this.open.push(node);
    this.trail.push(node);
  }

  /** One step further from the node the search stands on: into a target, past one, or back. */
  private advance(node: number): void {
    const target = this.targets[node]![this.next[node]!++];
    if (target === undefined) this.leave(node);
    else if (this.order[target] === -1) this.enter(target);
    else if (this.isOpen[target]) this.low[node] = Math.min(this.low[node]!, this.order[target]!);
  }

  private leave(node: number): void {
    this.trail.pop();
    const parent = this.trail.at(-1);
    if (parent !== undefined) this.low[parent] = Math.min(this.low[parent]!, this.low[node]!);
    if (this.low[node] !== this.order[node]) return;
    const members = this.open.splice(this.open.lastIndexOf(node));
    for (const member of members) this.isOpen[member] = 0;
    this.found.push(members.sort((a, b) => a - b));
  }
}
