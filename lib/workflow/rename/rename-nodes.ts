import { edgeKey, sortEdges } from '../graph-order';
import { isNote, type Json, type JsonObject, type Workflow, type WorkflowNode } from '../model';
import { type Renames, renameReferences } from './rename-references';

/**
 * Gives nodes new names, by node key, and lets connections, references in expressions and test data follow.
 * A name that two nodes share is ambiguous: those nodes are renamed, what refers to them stays. Connections that become
 * equal become one. Keys are kept.
 */
export function renameNodes(workflow: Workflow, newNames: ReadonlyMap<string, string>): Workflow {
  if (newNames.size === 0) return workflow;
  const renames = unambiguous(workflow.nodes, newNames);
  const nameOf = (name: string) => renames.get(name) ?? name;
  const edges = workflow.edges.map((edge) => ({ ...edge, from: nameOf(edge.from), to: nameOf(edge.to) }));
  const distinct = new Map(edges.map((edge) => [edgeKey(edge), edge]));
  return {
    ...workflow,
    nodes: workflow.nodes.map((node) => renameNode(node, newNames.get(node.key) ?? node.name, renames)),
    edges: sortEdges([...distinct.values()], workflow.settings.executionOrder !== 'v1'),
    pinData: renameKeys(workflow.pinData, nameOf),
  };
}

function unambiguous(all: readonly WorkflowNode[], newNames: ReadonlyMap<string, string>): Renames {
  const nodes = all.filter((node) => !isNote(node));
  const count = new Map<string, number>();
  for (const { name } of nodes) count.set(name, (count.get(name) ?? 0) + 1);
  const renames = new Map<string, string>();
  for (const { key, name } of nodes) {
    const newName = newNames.get(key);
    if (newName !== undefined && count.get(name) === 1) renames.set(name, newName);
  }
  return renames;
}

/** What a sticky note says about a node is only words. */
function renameNode(node: WorkflowNode, name: string, renames: Renames): WorkflowNode {
  const parameters = isNote(node) ? node.parameters : renameReferences(node.parameters, renames);
  return name === node.name && parameters === node.parameters ? node : { ...node, name, parameters };
}

function renameKeys(pinData: JsonObject, nameOf: (name: string) => string): JsonObject {
  const entries = Object.entries(pinData).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(entries.map(([name, items]) => [nameOf(name), items]));
}
