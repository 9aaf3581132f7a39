import { canonicalNode } from '../canonical/document';
import { writeJson } from '../canonical/write-json';
import { compareText, isObject, type Json, type JsonObject, type WorkflowGraph, type WorkflowNode } from '../model';
import { Fields } from './fields';
import { type ProblemList, pointer } from './problem';
import { readEdges } from './read-edges';
import { readNode } from './read-node';

/** Reads nodes and connections from a workflow body, or from the version object beside it. */
export function readGraph(json: JsonObject, path: string, ordered: boolean, problems: ProblemList): WorkflowGraph {
  const fields = new Fields(json, path, problems);
  const nodes = readNodes(fields.array('nodes'), pointer(path, 'nodes'), problems);
  const names = new Set(nodes.map((node) => node.name));
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
  return withKeys(nodes.sort(compareNodes), path, problems);
}

/** By name, then id. Where both are shared only the content can tell the nodes apart. */
function compareNodes(a: WorkflowNode, b: WorkflowNode): number {
  return (
    compareText(a.name, b.name) ||
    compareText(a.id ?? '', b.id ?? '') ||
    compareText(writeJson(canonicalNode(a)), writeJson(canonicalNode(b)))
  );
}

/** Gives every node a key of its own: its id, else its name, else its name and a count. */
function withKeys(nodes: readonly WorkflowNode[], path: string, problems: ProblemList): WorkflowNode[] {
  const keys = new Set<string>();
  const names = new Set<string>();
  return nodes.map((node) => {
    if (names.has(node.name)) problems.add('duplicate-name', 'note', path, `Two nodes are called "${node.name}"`);
    names.add(node.name);
    if (node.id !== null && keys.has(node.id)) {
      problems.add('duplicate-id', 'note', path, `Two nodes have the id "${node.id}"`);
    }
    const byName = `name:${node.name}`;
    let key = node.id !== null && !keys.has(node.id) ? node.id : byName;
    for (let count = 2; keys.has(key); count += 1) key = `${byName}#${count}`;
    keys.add(key);
    return { ...node, key };
  });
}
