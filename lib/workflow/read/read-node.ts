import { pointer } from '../json-pointer';
import {
  type CredentialReference,
  type ErrorPolicy,
  isObject,
  type Json,
  type JsonObject,
  type WorkflowNode,
} from '../model';
import { asNumber, Fields } from './fields';
import type { ProblemList } from './problem';

/** Node fields with a place of their own in the model; `issues` is what an old editor last complained about. */
const KNOWN_FIELDS = new Set([
  'id',
  'name',
  'type',
  'typeVersion',
  'position',
  'parameters',
  'credentials',
  'disabled',
  'onError',
  'continueOnFail',
  'retryOnFail',
  'maxTries',
  'waitBetweenTries',
  'alwaysOutputData',
  'executeOnce',
  'webhookId',
  'notes',
  'notesInFlow',
  'issues',
]);

const ERROR_POLICIES: readonly string[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

/** Reads one node; its key stays provisional until `orderNodes` knows its siblings. */
export function readNode(json: JsonObject, path: string, index: number, problems: ProblemList): WorkflowNode {
  const fields = new Fields(json, path, problems);
  const id = fields.text('id', null) || null;
  const type = fields.text('type', '');
  if (type === '') problems.add('missing-type', 'note', path, 'The node has no type');
  return {
    key: id ?? '',
    id,
    name: readName(fields, index, problems),
    type,
    typeVersion: fields.number('typeVersion', 1),
    position: readPosition(fields),
    parameters: fields.record('parameters'),
    credentials: readCredentials(fields, problems),
    disabled: fields.flag('disabled'),
    onError: readErrorPolicy(fields),
    retryOnFail: fields.flag('retryOnFail'),
    maxTries: fields.number('maxTries', 3),
    waitBetweenTries: fields.number('waitBetweenTries', 1000),
    alwaysOutputData: fields.flag('alwaysOutputData'),
    executeOnce: fields.flag('executeOnce'),
    webhookId: fields.text('webhookId', null) || null,
    notes: fields.text('notes', ''),
    notesInFlow: fields.flag('notesInFlow'),
    rest: readRest(json),
  };
}

function readName(fields: Fields, index: number, problems: ProblemList): string {
  const name = fields.text('name', null);
  if (name !== null) return name;
  const made = `Node ${index + 1}`;
  problems.add('missing-name', 'repaired', fields.path, `The node has no name and is called "${made}"`);
  return made;
}

function readPosition(fields: Fields): WorkflowNode['position'] {
  const pair = fields.array('position');
  return [asNumber(pair[0]) ?? 0, asNumber(pair[1]) ?? 0];
}

/** n8n obeys `onError` when it is there and else the flag that older versions had. */
function readErrorPolicy(fields: Fields): ErrorPolicy {
  const legacy = fields.flag('continueOnFail');
  const policy = fields.text('onError', legacy ? 'continueRegularOutput' : 'stopWorkflow');
  return ERROR_POLICIES.includes(policy) ? (policy as ErrorPolicy) : 'stopWorkflow';
}

function readCredentials(fields: Fields, problems: ProblemList): Record<string, CredentialReference> {
  const read: [string, CredentialReference][] = [];
  for (const [type, value] of Object.entries(fields.record('credentials'))) {
    const path = pointer(pointer(fields.path, 'credentials'), type);
    const reference = readCredential(value, path, problems);
    if (reference) read.push([type, reference]);
  }
  return Object.fromEntries(read);
}

function readCredential(value: Json | undefined, path: string, problems: ProblemList): CredentialReference | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') {
    problems.add('legacy-credential', 'note', path, 'The credential is named by a plain string');
    return { id: null, name: value, managed: false };
  }
  if (!isObject(value)) {
    problems.add('wrong-type', 'repaired', path, 'Expected a credential');
    return null;
  }
  const fields = new Fields(value, path, problems);
  const id = fields.text('id', null) || null;
  const name = fields.text('name', null) || null;
  const managed = fields.flag('__aiGatewayManaged');
  return id === null && name === null && !managed ? null : { id, name, managed };
}

function readRest(json: JsonObject): JsonObject {
  let rest: [string, Json][] | undefined;
  for (const key of Object.keys(json)) {
    if (KNOWN_FIELDS.has(key)) continue;
    const value = json[key];
    if (value === undefined || value === null) continue;
    rest ??= [];
    rest.push([key, value]);
  }
  return rest ? Object.fromEntries(rest) : {};
}
