import { isObject, type Json, type JsonObject, type JsonPath, type Workflow, type WorkflowNode } from '../model';
import { isExpression } from './locator';
import { asObject, asText, parseJson } from './path';
import type { Place, ReferringNode } from './reference';

/** Inline sub-workflows can nest; nobody nests them deeper by hand. */
const MAX_INLINE_DEPTH = 8;

/** A node as references need it: of the workflow itself, or of a sub-workflow written inline. */
export interface DocumentNode {
  readonly place: Place & { readonly node: ReferringNode };
  readonly name: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly parameters: JsonObject;
  readonly credentials: JsonObject;
  readonly webhookId: string | undefined;
}

/** A workflow, or a sub-workflow written inline in a node's parameter. */
export interface WorkflowDocument {
  readonly nodes: readonly DocumentNode[];
  readonly settings: JsonObject;
  /** Where `settings` stands. */
  readonly place: Place;
}

/** The node of a workflow as references see it. */
export function documentNode(node: WorkflowNode): DocumentNode {
  const { key, id, name, type, typeVersion, disabled, parameters, webhookId } = node;
  return {
    place: { node: { key, id, name, type, disabled }, path: [], within: [] },
    name,
    type,
    typeVersion,
    parameters,
    credentials: node.credentials as unknown as JsonObject,
    webhookId: webhookId ?? undefined,
  };
}

/** The workflow as a document; `wanted` leaves out nodes before they cost anything. */
export function documentOf(workflow: Workflow, wanted: (node: WorkflowNode) => boolean = () => true): WorkflowDocument {
  const place = { node: null, path: ['settings'], within: [] };
  return { nodes: workflow.nodes.filter(wanted).map(documentNode), settings: workflow.settings, place };
}

/** Where a node that calls a workflow takes it from; n8n's default is the instance's database. */
export const sourceOf = (node: DocumentNode): string => asText(node.parameters.source) ?? 'database';

/** The sub-workflow written inline in a calling node; `undefined` when there is none, or none that can be read. */
export function inlineDocument(host: DocumentNode): WorkflowDocument | undefined {
  const { workflowJson } = host.parameters;
  if (workflowJson === undefined || sourceOf(host) !== 'parameter') return undefined;
  if (host.place.within.length >= MAX_INLINE_DEPTH) return undefined;
  const body = inlineBody(workflowJson);
  if (!isObject(body)) return undefined;
  const path = [...host.place.path, 'parameters', 'workflowJson'];
  const nodes = Array.isArray(body.nodes) ? body.nodes : [];
  return {
    nodes: nodes.flatMap((node: Json, index) => inlineNode(node, [...path, 'nodes', index], host)),
    settings: asObject(body.settings),
    place: { ...host.place, path: [...path, 'settings'] },
  };
}

function inlineBody(value: Json): Json | undefined {
  if (typeof value !== 'string') return value;
  return isExpression(value) ? undefined : parseJson(value);
}

function inlineNode(raw: Json, path: JsonPath, host: DocumentNode): DocumentNode[] {
  if (!isObject(raw) || typeof raw.type !== 'string') return [];
  const name = asText(raw.name) ?? '';
  const { node, within } = host.place;
  return [
    {
      place: { node, path, within: [...within, name] },
      name,
      type: raw.type,
      typeVersion: typeof raw.typeVersion === 'number' ? raw.typeVersion : 1,
      parameters: asObject(raw.parameters),
      credentials: asObject(raw.credentials),
      webhookId: asText(raw.webhookId),
    },
  ];
}
