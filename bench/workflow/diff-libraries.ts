import deepDiff from 'deep-diff';
import jsonPatch from 'fast-json-patch';
import { diff as jsonDiffTs } from 'json-diff-ts';
import { create } from 'jsondiffpatch';
import microdiff from 'microdiff';
import { createPatch } from 'rfc6902';
import type { JsonObject } from '@/lib/workflow/model';

/** A general JSON diff: how it is called and how many operations it reports. */
export interface DiffLibrary {
  readonly name: string;
  diff(before: JsonObject, after: JsonObject): unknown;
  count(result: unknown): number;
  /** Documents beyond this many nodes take it minutes. */
  readonly maxNodes?: number;
}

type Identified = { id?: unknown; node?: unknown };
const keyed = create({ objectHash: (item) => String((item as Identified).id ?? (item as Identified).node) });
const length = (result: unknown) => (result as unknown[] | undefined)?.length ?? 0;

/** The libraries people diff JSON with, each as its manual recommends for lists of objects with ids. */
export const DIFF_LIBRARIES: readonly DiffLibrary[] = [
  { name: 'microdiff', diff: (a, b) => microdiff(a, b), count: length },
  { name: 'fast-json-patch', diff: (a, b) => jsonPatch.compare(a, b), count: length },
  { name: 'jsondiffpatch', diff: (a, b) => keyed.diff(a, b), count: leaves },
  {
    name: 'json-diff-ts',
    diff: (a, b) => jsonDiffTs(a, b, { embeddedObjKeys: { nodes: 'id', tags: 'id' } }),
    count: length,
  },
  { name: 'deep-diff', diff: (a, b) => deepDiff(a, b), count: length },
  { name: 'rfc6902', diff: (a, b) => createPatch(a, b), count: length, maxNodes: 60 },
];

/** Operations of a jsondiffpatch delta: its arrays. */
function leaves(delta: unknown): number {
  if (Array.isArray(delta)) return 1;
  if (typeof delta !== 'object' || delta === null) return 0;
  return Object.values(delta).reduce((sum: number, value) => sum + leaves(value), 0);
}
