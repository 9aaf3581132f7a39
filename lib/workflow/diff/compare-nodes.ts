import type { CredentialReference, Json, JsonPath, WorkflowNode } from '../model';
import { field } from '../own-field';
import type { NodeFieldChanged, NodeMoved, NodeReference } from './change';
import { nodeFieldClass, textKind } from './classify';
import { compareObjects } from './compare-values';
import { sameMeaning } from './same';

const PLAIN_FIELDS = [
  'id',
  'type',
  'typeVersion',
  'disabled',
  'onError',
  'retryOnFail',
  'maxTries',
  'waitBetweenTries',
  'alwaysOutputData',
  'executeOnce',
  'webhookId',
  'notes',
  'notesInFlow',
] as const satisfies readonly (keyof WorkflowNode)[];

/** The changes inside one node, its name aside. */
export function compareNodes(before: WorkflowNode, after: WorkflowNode): (NodeFieldChanged | NodeMoved)[] {
  if (sameNode(before, after)) return [];
  const node: NodeReference = { key: before.key, name: after.name, type: after.type };
  const changes: (NodeFieldChanged | NodeMoved)[] = [];
  const add = (path: JsonPath, a: Json | undefined, b: Json | undefined) => changes.push(fieldChange(node, path, a, b));
  for (const name of PLAIN_FIELDS) {
    if (before[name] !== after[name]) add([name], before[name] ?? undefined, after[name] ?? undefined);
  }
  for (const [type, a, b] of compareReferences(before.credentials, after.credentials)) add(['credentials', type], a, b);
  for (const name of ['parameters', 'rest'] as const) {
    for (const change of compareObjects(before[name], after[name], [name])) {
      add(change.path, change.before, change.after);
    }
  }
  if (!samePlace(before, after)) {
    changes.push({ kind: 'node.moved', class: 'cosmetic', node, before: before.position, after: after.position });
  }
  return changes;
}

function sameNode(a: WorkflowNode, b: WorkflowNode): boolean {
  return (
    a === b ||
    (PLAIN_FIELDS.every((name) => a[name] === b[name]) &&
      samePlace(a, b) &&
      sameMeaning(a.parameters, b.parameters) &&
      sameMeaning(a.credentials, b.credentials) &&
      sameMeaning(a.rest, b.rest))
  );
}

function samePlace({ position: [x, y] }: WorkflowNode, { position: [otherX, otherY] }: WorkflowNode): boolean {
  return x === otherX && y === otherY;
}

type Credentials = WorkflowNode['credentials'];

function compareReferences(before: Credentials, after: Credentials) {
  const types = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return types
    .map((type) => [type, field(before, type), field(after, type)] as const)
    .filter(([, a, b]) => !sameMeaning(a, b));
}

function fieldChange(
  node: NodeReference,
  path: JsonPath,
  before: Json | undefined,
  after: Json | undefined,
): NodeFieldChanged {
  const text = textKind(node.type, path, before, after);
  const change: NodeFieldChanged = {
    kind: 'node.changed',
    class: isRelabelled(path, before, after) ? 'cosmetic' : nodeFieldClass(node.type, path),
    node,
    path,
    before,
    after,
  };
  return text ? { ...change, text } : change;
}

/** A credential with the same id under another name is the same credential. */
function isRelabelled(path: JsonPath, before: Json | undefined, after: Json | undefined): boolean {
  if (path[0] !== 'credentials') return false;
  const a = before as CredentialReference | undefined;
  const b = after as CredentialReference | undefined;
  return a?.id != null && a.id === b?.id && a.managed === b.managed;
}
