import { pointer, pointerTo } from '../json-pointer';
import type { JsonPath } from '../model';

/** What one side changed, to be asked about the other's paths one by one; each answer costs the length of the path. */
export class TouchedPaths {
  private readonly ends: ReadonlySet<string>;
  private readonly ways: ReadonlySet<string>;
  private readonly wholes: ReadonlySet<string>;

  /** `wholes` are lists that change as one value, whichever item is touched. */
  constructor(paths: readonly JsonPath[], wholes: readonly JsonPath[]) {
    this.ends = new Set(paths.map(pointerTo));
    this.ways = new Set(paths.flatMap(pointersOnTheWay));
    this.wholes = new Set(wholes.map(pointerTo));
  }

  /** Whether a changed value is the one at the path, holds it, stands inside it, or shares a whole with it. */
  by(path: JsonPath): boolean {
    const way = pointersOnTheWay(path);
    return (
      this.ways.has(way.at(-1)!) ||
      way.some((step) => this.ends.has(step) || (this.wholes.has(step) && this.ways.has(step)))
    );
  }
}

/** The pointers of everything from the first step to the end of a path. */
function pointersOnTheWay(path: JsonPath): string[] {
  let base = '';
  return path.map((step) => {
    base = pointer(base, step);
    return base;
  });
}
