import { orderNodes } from '../graph-order';
import { pointer } from '../json-pointer';
import { isNote, isObject, type Json, type JsonObject, type WorkflowGraph, type WorkflowNode } from '../model';
import { Fields } from './fields';
import type { ProblemList } from './problem';
import { readEdges } from './read-edges';
import { readNode } from './read-node';

/** Reads nodes and connections from a workflow body, or from the version object beside it. */
export function readGraph(json: JsonObject, path: string, ordered: boolean, problems: ProblemList): WorkflowGraph {
  const fields = new Fields(json, path, problems);
  const nodes = readNodes(fields.array('nodes'), pointer(path, 'nodes'), problems);
  const names = new Set(nodes.filter((node) => !isNote(node)).map((node) => node.name));
  const edges = readEdges(fields.record('connections'), pointer(path, 'connections'), names, ordered, problems);
  return { nodes, edges, nodeGroups: fields.array('nodeGroups') };
}

function readNodes(list: readonly Json[], path: string, problems: ProblemList): WorkflowNode[] {
  const nodes: WorkflowNode[] = [];
  list.forEach((json, index) => {
    const at = pointer(path, index);
    if (isObject(json)) nodes.push(readNode(json, at, index, problems));
    else problems.add('wrong-type', 'repaired', at, 'Expected a node');
  });
  reportDuplicates(nodes, path, problems);
  return orderNodes(nodes);
}

function reportDuplicates(nodes: readonly WorkflowNode[], path: string, problems: ProblemList): void {
  const names = new Set<string>();
  const ids = new Set<string>();
  nodes.forEach(({ name, id }, index) => {
    if (names.has(name))
      problems.add('duplicate-name', 'note', pointer(path, index), `Another node is called "${name}"`);
    names.add(name);
    if (id === null) return;
    if (ids.has(id)) problems.add('duplicate-id', 'note', pointer(path, index), `Another node has the id "${id}"`);
    ids.add(id);
  });
}
