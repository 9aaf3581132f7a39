import { edgeKey, sortEdges } from '../graph-order';
import { type Edge, isObject, type Json, type JsonObject } from '../model';
import { type ProblemList, pointer } from './problem';

interface Reading {
  readonly names: ReadonlySet<string>;
  readonly problems: ProblemList;
  readonly seen: Set<string>;
  readonly edges: Edge[];
}

/**
 * Reads n8n's nested connections into a sorted list of edges between existing nodes.
 * `ordered` keeps the stored order inside each `main` output, which the execution order `v0` follows.
 */
export function readEdges(
  connections: JsonObject,
  path: string,
  names: ReadonlySet<string>,
  ordered: boolean,
  problems: ProblemList,
): Edge[] {
  const reading: Reading = { names, problems, seen: new Set(), edges: [] };
  for (const [from, byType] of Object.entries(connections)) {
    const at = pointer(path, from);
    if (byType === null || byType === undefined) continue;
    if (!isObject(byType)) problems.add('wrong-type', 'repaired', at, 'Expected connections by type');
    else
      for (const [type, outputs] of Object.entries(byType))
        readOutputs(reading, from, type, outputs, pointer(at, type));
  }
  return sortEdges(reading.edges, ordered);
}

function readOutputs(reading: Reading, from: string, type: string, outputs: Json | undefined, path: string): void {
  const list = asList(outputs, path, reading.problems);
  for (const [output, targets] of list.entries()) {
    const at = pointer(path, output);
    for (const [index, target] of asList(targets, at, reading.problems).entries()) {
      const edge = readTarget(target, { from, type, output }, pointer(at, index), reading.problems);
      if (edge) keepEdge(reading, edge, pointer(at, index));
    }
  }
}

function asList(value: Json | undefined, path: string, problems: ProblemList): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (value !== null && value !== undefined) problems.add('wrong-type', 'repaired', path, 'Expected a list');
  return [];
}

function readTarget(
  target: Json,
  source: Pick<Edge, 'from' | 'type' | 'output'>,
  path: string,
  problems: ProblemList,
): Edge | null {
  if (target === null) return null;
  if (!isObject(target) || typeof target.node !== 'string') {
    problems.add('wrong-type', 'repaired', path, 'Expected a connection');
    return null;
  }
  const toType = typeof target.type === 'string' ? target.type : source.type;
  const input = Number.isSafeInteger(target.index) && (target.index as number) >= 0 ? (target.index as number) : 0;
  return { ...source, to: target.node, toType, input };
}

function keepEdge({ names, problems, seen, edges }: Reading, edge: Edge, path: string): void {
  const missing = [edge.from, edge.to].find((name) => !names.has(name));
  if (missing !== undefined) {
    problems.add('dangling-connection', 'repaired', path, `There is no node "${missing}"`);
    return;
  }
  const key = edgeKey(edge);
  if (seen.has(key)) {
    problems.add('duplicate-connection', 'repaired', path, 'The connection is there twice');
    return;
  }
  seen.add(key);
  edges.push(edge);
}
