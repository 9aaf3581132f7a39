import type { CredentialReference, Edge, Json, JsonObject, Workflow, WorkflowNode } from '../model';
import { isAbsent, withoutAbsent } from './absent';
import { writePrettyJson } from './write-json';

/** The name of the canonical form, part of every digest. See `README.md`. */
export const CANONICAL_FORMAT = 'n8nops-canonical/1';

/**
 * A workflow in n8n's own shape, with parameters exactly as read and every field at its default left out.
 * Ids of the workflow and its versions, run state and metadata of the instance are not part of it.
 */
export function writeWorkflow(workflow: Workflow): JsonObject {
  return document(workflow, writeNode);
}

/** `writeWorkflow` without absent parameters: equal workflows give equal documents. It is a valid n8n file. */
export function canonicalDocument(workflow: Workflow): JsonObject {
  return document(workflow, canonicalNode);
}

/** The canonical bytes of a workflow, as text: what git stores and what `applyChanges` reproduces. */
export function canonicalText(workflow: Workflow): string {
  return writePrettyJson(canonicalDocument(workflow));
}

function document(workflow: Workflow, nodeOf: (node: WorkflowNode) => JsonObject): JsonObject {
  return {
    name: workflow.name,
    nodes: workflow.nodes.map(nodeOf),
    connections: writeConnections(workflow.edges),
    settings: withoutAbsent(workflow.settings),
    ...present({
      description: workflow.description || undefined,
      nodeGroups: workflow.nodeGroups,
      pinData: workflow.pinData,
      tags: workflow.tags.map((name) => ({ name })),
      active: workflow.active || undefined,
      isArchived: workflow.archived || undefined,
    }),
  };
}

/** One node as the canonical document has it. */
export function canonicalNode(node: WorkflowNode): JsonObject {
  const { rest, parameters } = node;
  return writeNode({
    ...node,
    rest: withoutAbsent(rest) as JsonObject,
    parameters: withoutAbsent(parameters) as JsonObject,
  });
}

/** One node in n8n's shape, its defaults left out, its parameters as read. */
export function writeNode(node: WorkflowNode): JsonObject {
  return {
    ...node.rest,
    name: node.name,
    type: node.type,
    typeVersion: node.typeVersion,
    position: node.position,
    parameters: node.parameters,
    ...present({
      id: node.id,
      credentials: writeCredentials(node.credentials),
      disabled: node.disabled || undefined,
      onError: node.onError === 'stopWorkflow' ? undefined : node.onError,
      retryOnFail: node.retryOnFail || undefined,
      maxTries: node.maxTries === 3 ? undefined : node.maxTries,
      waitBetweenTries: node.waitBetweenTries === 1000 ? undefined : node.waitBetweenTries,
      alwaysOutputData: node.alwaysOutputData || undefined,
      executeOnce: node.executeOnce || undefined,
      webhookId: node.webhookId,
      notes: node.notes || undefined,
      notesInFlow: node.notesInFlow || undefined,
    }),
  };
}

function present(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isAbsent(value)));
}

function writeCredentials(credentials: Readonly<Record<string, CredentialReference>>): JsonObject {
  return Object.fromEntries(Object.entries(credentials).map(([type, reference]) => [type, writeCredential(reference)]));
}

function writeCredential({ id, name, managed }: CredentialReference): JsonObject {
  return present({ id, name, __aiGatewayManaged: managed || undefined });
}

/** n8n's nested connections; outputs that lead nowhere are empty lists. */
function writeConnections(edges: readonly Edge[]): JsonObject {
  const byNode = new Map<string, Map<string, Json[][]>>();
  for (const edge of edges) {
    const byType = byNode.get(edge.from) ?? new Map<string, Json[][]>();
    const outputs = byType.get(edge.type) ?? [];
    while (outputs.length <= edge.output) outputs.push([]);
    outputs[edge.output]!.push({ node: edge.to, type: edge.toType, index: edge.input });
    byNode.set(edge.from, byType.set(edge.type, outputs));
  }
  return Object.fromEntries([...byNode].map(([from, byType]) => [from, Object.fromEntries(byType)]));
}
