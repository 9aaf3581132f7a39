import type { Position, WorkflowGraph } from '../model';
import { columnsOf } from './columns';
import { type Flow, flowOf } from './flow';

/** Pixels between the left edges of columns and the top edges of rows: n8n's own nodes fit, on its grid of 16. */
const COLUMN = 256;
const ROW = 176;
/** Sub-nodes stand closer: they are small and have no output to the right. */
const PART = 128;
/** A step with sub-nodes is drawn wide, with its name inside. */
const HOST = 256;

/** What a step and the sub-nodes below it take up: across in pixels, down in rows. */
interface Extent {
  readonly across: number;
  readonly down: number;
}

/**
 * A place for every node, by key: columns from left to right in the order of execution, sub-nodes under the node they
 * serve, notes in a row below. No two nodes share a place, and the same graph always gets the same places.
 */
export function layoutGraph(graph: Pick<WorkflowGraph, 'nodes' | 'edges'>): ReadonlyMap<string, Position> {
  const flow = flowOf(graph);
  const extents = extentsOf(flow);
  const places = new Map<number, Position>();
  let x = 0;
  let bottom = 0;
  const columns = columnsOf(flow).map((steps) => ({ steps, rows: sum(steps, (step) => extents.get(step)!.down) }));
  const tallest = columns.reduce((most, { rows }) => Math.max(most, rows), 0);
  for (const { steps, rows } of columns) {
    let y = Math.floor((tallest - rows) / 2) * ROW;
    let across = COLUMN;
    for (const step of steps) {
      const extent = extents.get(step)!;
      place(step, [x, y], flow, extents, places);
      y += extent.down * ROW;
      across = Math.max(across, extent.across + COLUMN - PART);
    }
    bottom = Math.max(bottom, y);
    x += across;
  }
  for (const [position, note] of flow.notes.entries()) places.set(note, [position * COLUMN, bottom + ROW]);
  return new Map(graph.nodes.map(({ key }, node) => [key, places.get(node)!]));
}

function extentsOf({ steps, parts }: Flow): ReadonlyMap<number, Extent> {
  const extents = new Map<number, Extent>();
  const measure = (node: number): Extent => {
    const below = parts[node]!.map(measure);
    const extent = {
      across: Math.max(
        PART,
        sum(below, ({ across }) => across),
      ),
      down: 1 + below.reduce((most, { down }) => Math.max(most, down), 0),
    };
    extents.set(node, extent);
    return extent;
  };
  for (const step of steps) {
    const { across, down } = measure(step);
    if (down > 1) extents.set(step, { across: Math.max(HOST, across), down });
  }
  return extents;
}

/** The depth of hanging is bounded by the flow, so this may recurse. */
function place(
  node: number,
  [x, y]: Position,
  flow: Flow,
  extents: ReadonlyMap<number, Extent>,
  places: Map<number, Position>,
): void {
  places.set(node, [x, y]);
  let left = x;
  for (const part of flow.parts[node]!) {
    place(part, [left, y + ROW], flow, extents, places);
    left += extents.get(part)!.across;
  }
}

function sum<Item>(items: readonly Item[], size: (item: Item) => number): number {
  return items.reduce((total, item) => total + size(item), 0);
}
