import { pointer, pointerTo } from '../json-pointer';
import {
  type CredentialReference,
  compareText,
  type Edge,
  isNote,
  type Json,
  type JsonObject,
  type Workflow,
  type WorkflowNode,
} from '../model';
import { isAbsent, isLabelKey, withoutAbsent } from './absent';
import { CANONICAL_FORMAT, canonicalNode } from './document';
import { quote, writeJson, writeMeaning } from './write-json';

/** The parts into which the canonical document falls, each field of it in exactly one. */
export type CanonicalPart = 'logic' | 'layout' | 'settings' | 'state' | 'testData';

/** Settings that decide how, when or for whom the workflow runs; they belong to the logic. */
export const LOGIC_SETTINGS: ReadonlySet<string> = new Set([
  'callerIds',
  'callerPolicy',
  'errorWorkflow',
  'executionOrder',
  'executionTimeout',
  'timezone',
]);

/**
 * Canonical text of what the workflow does: nodes, connections and the settings that change behaviour.
 * A shape is the logic of `shapeOf(workflow)`, under its own name. `nodeText` is `logicNodeText`, or remembers it.
 */
export function logicText(workflow: Workflow, part: 'logic' | 'shape' = 'logic', nodeText = logicNodeText): string {
  const nodes = workflow.nodes.filter((node) => !isNote(node)).map((node) => nodeText(node));
  const edges = workflow.edges.map(edgeText);
  const settings = writeJson(logicSettings(workflow.settings));
  return `{"edges":[${edges.join(',')}],"format":"${CANONICAL_FORMAT}","nodes":[${nodes.sort().join(',')}],"part":"${part}","settings":${settings}}`;
}

/** Canonical text of one node's behaviour, its fields in alphabetical order. */
export function logicNodeText(node: WorkflowNode): string {
  const credentials = credentialsText(node.credentials);
  const rest = writeMeaning(node.rest);
  let text = '{';
  if (node.alwaysOutputData) text += '"alwaysOutputData":true,';
  if (credentials !== '') text += `"credentials":${credentials},`;
  if (node.disabled) text += '"disabled":true,';
  if (node.executeOnce) text += '"executeOnce":true,';
  if (node.maxTries !== 3) text += `"maxTries":${writeJson(node.maxTries)},`;
  text += `"name":${quote(node.name)},`;
  if (node.onError !== 'stopWorkflow') text += `"onError":"${node.onError}",`;
  text += `"parameters":${writeMeaning(node.parameters) || '{}'},`;
  if (rest !== '') text += `"rest":${rest},`;
  if (node.retryOnFail) text += '"retryOnFail":true,';
  text += `"type":${quote(node.type)},"typeVersion":${writeJson(node.typeVersion)}`;
  if (node.waitBetweenTries !== 1000) text += `,"waitBetweenTries":${writeJson(node.waitBetweenTries)}`;
  return `${text}}`;
}

/** A credential counts by its id; its name only where there is no id. */
function credentialsText(credentials: Readonly<Record<string, CredentialReference>>): string {
  const types = Object.keys(credentials).sort();
  if (types.length === 0) return '';
  return `{${types.map((type) => `${quote(type)}:${writeJson(logicCredential(credentials[type]!))}`).join(',')}}`;
}

function logicCredential({ id, name, managed }: CredentialReference): JsonObject {
  if (managed) return { managed };
  return id === null ? { name } : { id };
}

function edgeText(edge: Edge): string {
  return `[${quote(edge.from)},${quote(edge.type)},${edge.output},${quote(edge.to)},${quote(edge.toType)},${edge.input}]`;
}

/** The list of callers is dead letter under every other policy. */
function logicSettings(settings: JsonObject): JsonObject {
  const listed = settings.callerPolicy === 'workflowsFromAList';
  const logic = Object.entries(settings).filter(([key]) => LOGIC_SETTINGS.has(key) && (listed || key !== 'callerIds'));
  return Object.fromEntries(logic);
}

/** Canonical text of what only the editor shows: node ids, places, notes, frames, cached labels. */
export function layoutText(workflow: Workflow): string {
  const nodes = workflow.nodes.map((node) => writeJson(isNote(node) ? canonicalNode(node) : layoutNode(node)));
  const groups = writeJson(workflow.nodeGroups);
  return `{"format":"${CANONICAL_FORMAT}","nodeGroups":${groups},"nodes":[${nodes.sort().join(',')}],"part":"layout"}`;
}

function layoutNode(node: WorkflowNode): JsonObject {
  const labels: [string, Json][] = [];
  collectLabels(node.parameters, ['parameters'], labels);
  collectLabels(node.rest, ['rest'], labels);
  for (const [type, { id, name, managed }] of Object.entries(node.credentials)) {
    if (id !== null || managed) labels.push([pointer('/credentials', type), managed ? [id, name] : name]);
  }
  const { id, name, notes, notesInFlow, position } = node;
  return { id, labels: Object.fromEntries(labels), name, notes, notesInFlow, position };
}

/** `steps` is the path of `value`, changed in place and restored: written out only for what is found. */
function collectLabels(value: Json | undefined, steps: (string | number)[], labels: [string, Json][]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) collectBelow(index, value[index], steps, labels);
    return;
  }
  for (const key of Object.keys(value)) {
    const item = (value as JsonObject)[key];
    if (!isLabelKey(key)) collectBelow(key, item, steps, labels);
    else if (!isAbsent(item)) labels.push([pointerTo([...steps, key]), withoutAbsent(item as Json)]);
  }
}

function collectBelow(
  step: string | number,
  value: Json | undefined,
  steps: (string | number)[],
  labels: [string, Json][],
): void {
  if (typeof value !== 'object' || value === null) return;
  steps.push(step);
  collectLabels(value, steps, labels);
  steps.pop();
}

/** Canonical text of how the workflow is kept: its name, description, tags and the settings that are not logic. */
export function settingsText(workflow: Workflow): string {
  const { name, description, tags, settings } = workflow;
  const logic = logicSettings(settings);
  const rest = Object.entries(settings).filter(([key]) => !Object.hasOwn(logic, key));
  return part('settings', { name, description, tags, settings: withoutAbsent(Object.fromEntries(rest)) });
}

/** Canonical text of what is true of one instance only: published, archived, webhook ids by node. */
export function stateText(workflow: Workflow): string {
  const { active, archived } = workflow;
  const webhookIds = workflow.nodes
    .filter((node) => node.webhookId !== null && !isNote(node))
    .map((node) => [node.name, node.webhookId!] as const)
    .sort((a, b) => compareText(a[0], b[0]) || compareText(a[1], b[1]));
  return part('state', { active, archived, webhookIds });
}

/** Canonical text of the pinned test data, which is never cleaned: it is the user's. */
export function testDataText(workflow: Workflow): string {
  return part('testData', { pinData: workflow.pinData });
}

function part(name: CanonicalPart, content: JsonObject): string {
  return writeJson({ format: CANONICAL_FORMAT, part: name, ...content });
}
