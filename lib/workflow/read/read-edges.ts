import { edgeKey, sortEdges } from '../graph-order';
import { pointer } from '../json-pointer';
import { type Edge, isObject, type Json, type JsonObject } from '../model';
import { asNumber } from './fields';
import type { ProblemList, ReadProblemCode } from './problem';

/**
 * Reads n8n's nested connections into a sorted list of edges between nodes of these names.
 * `ordered` keeps the stored order inside each `main` output, which the execution order `v0` follows.
 */
export function readEdges(
  connections: JsonObject,
  path: string,
  names: ReadonlySet<string>,
  ordered: boolean,
  problems: ProblemList,
): Edge[] {
  const reader = new EdgeReader(path, names, problems);
  for (const from of Object.keys(connections)) reader.readNode(from, connections[from]);
  return sortEdges(reader.edges, ordered);
}

type Step = string | number;

/** Collects edges; paths are only spelled out for problems. */
class EdgeReader {
  readonly edges: Edge[] = [];
  private readonly seen = new Set<string>();
  private readonly path: string;
  private readonly names: ReadonlySet<string>;
  private readonly problems: ProblemList;

  constructor(path: string, names: ReadonlySet<string>, problems: ProblemList) {
    this.path = path;
    this.names = names;
    this.problems = problems;
  }

  readNode(from: string, byType: Json | undefined): void {
    if (isObject(byType)) {
      for (const type of Object.keys(byType)) this.readOutputs(from, type, byType[type]);
    } else if (byType !== null && byType !== undefined) {
      this.repaired('wrong-type', 'Expected connections by type', [from]);
    }
  }

  private readOutputs(from: string, type: string, outputs: Json | undefined): void {
    this.list(outputs, [from, type]).forEach((targets, output) => {
      this.list(targets, [from, type, output]).forEach((target, index) => {
        if (target !== null) this.readTarget({ from, type, output }, target, [from, type, output, index]);
      });
    });
  }

  private list(value: Json | undefined, steps: readonly Step[]): readonly Json[] {
    if (Array.isArray(value)) return value;
    if (value !== null && value !== undefined) this.repaired('wrong-type', 'Expected a list', steps);
    return [];
  }

  private readTarget(source: Pick<Edge, 'from' | 'type' | 'output'>, target: Json, steps: readonly Step[]): void {
    if (!isObject(target) || typeof target.node !== 'string') {
      this.repaired('wrong-type', 'Expected a connection', steps);
      return;
    }
    const toType = typeof target.type === 'string' ? target.type : source.type;
    const index = asNumber(target.index);
    const input = index !== undefined && Number.isSafeInteger(index) && index >= 0 ? index : 0;
    this.keep({ ...source, to: target.node, toType, input }, steps);
  }

  private keep(edge: Edge, steps: readonly Step[]): void {
    const missing = [edge.from, edge.to].find((name) => !this.names.has(name));
    const key = edgeKey(edge);
    if (missing !== undefined) {
      this.repaired('dangling-connection', `There is no node "${missing}" to connect`, steps);
    } else if (this.seen.has(key)) {
      this.repaired('duplicate-connection', 'The connection is there twice', steps);
    } else {
      this.seen.add(key);
      this.edges.push(edge);
    }
  }

  private repaired(code: ReadProblemCode, message: string, steps: readonly Step[]): void {
    this.problems.add(code, 'repaired', steps.reduce(pointer, this.path) as string, message);
  }
}
