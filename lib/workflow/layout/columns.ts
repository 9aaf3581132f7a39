import type { Flow } from './flow';

/**
 * The steps of a flow in columns from left to right: each behind everything that leads to it, circles broken where a
 * search closes them. Inside a column, a step stands near the mean of what leads to it. O(nodes + edges), no recursion.
 */
export function columnsOf({ steps, targets }: Flow): number[][] {
  const forward = withoutBackEdges(steps, targets);
  const rank = ranksOf(forward);
  const columns: number[][] = [];
  for (const step of forward.order) {
    const column = rank.get(step)!;
    columns[column] ??= [];
    columns[column].push(step);
  }
  return uncross(columns, forward.targets);
}

/** How many columns there are, without placing anything in them. */
export function depthOf({ steps, targets }: Flow): number {
  let deepest = -1;
  for (const rank of ranksOf(withoutBackEdges(steps, targets)).values()) deepest = Math.max(deepest, rank);
  return deepest + 1;
}

type Forward = ReturnType<typeof withoutBackEdges>;

/** The column of each step. */
function ranksOf({ order, targets }: Forward): Map<number, number> {
  const rank = new Map(order.map((step) => [step, 0]));
  for (const step of order) {
    for (const target of targets.get(step)!) rank.set(target, Math.max(rank.get(target)!, rank.get(step)! + 1));
  }
  return rank;
}

/** Steps in topological order, and the connections that go along with it. */
function withoutBackEdges(steps: readonly number[], targets: Flow['targets']) {
  const open = 1;
  const done = 2;
  const state = new Map<number, number>();
  const kept = new Map<number, number[]>(steps.map((step) => [step, []]));
  const order: number[] = [];
  const entered = new Set(steps.flatMap((step) => targets[step]!));
  for (const start of [...steps.filter((step) => !entered.has(step)), ...steps]) {
    if (state.has(start)) continue;
    const trail = [{ step: start, next: 0 }];
    state.set(start, open);
    while (trail.length > 0) {
      const top = trail.at(-1)!;
      const target = targets[top.step]![top.next++];
      if (target === undefined) {
        state.set(top.step, done);
        order.push(top.step);
        trail.pop();
      } else if (kept.has(target) && state.get(target) !== open) {
        kept.get(top.step)!.push(target);
        if (state.has(target)) continue;
        state.set(target, open);
        trail.push({ step: target, next: 0 });
      }
    }
  }
  return { order: order.reverse(), targets: kept };
}

/** One sweep from left to right: every column in the order of the mean row of what leads to each step. */
function uncross(columns: readonly number[][], targets: ReadonlyMap<number, readonly number[]>): number[][] {
  const rows = new Map<number, { sum: number; count: number }>();
  return columns.map((column) => {
    const wish = (step: number, row: number) => {
      const sources = rows.get(step);
      return sources ? sources.sum / sources.count : row;
    };
    const wishes = new Map(column.map((step, row) => [step, wish(step, row)]));
    const sorted = column.toSorted((a, b) => wishes.get(a)! - wishes.get(b)!);
    for (const [row, step] of sorted.entries()) {
      for (const [branch, target] of targets.get(step)!.entries()) {
        const sources = rows.get(target) ?? { sum: 0, count: 0 };
        // Branches of one step keep their order: each wishes itself a little lower than the one before.
        rows.set(target, { sum: sources.sum + row + branch / 1000, count: sources.count + 1 });
      }
    }
    return sorted;
  });
}
