import { isObject, type Json, type JsonPath } from '../model';
import type { DocumentNode } from './document';
import { readTarget } from './locator';
import { asText } from './path';
import type { Place, Reference, ReferenceOf } from './reference';
import { webhookAddress } from './webhook-route';

const BUILT_IN = new Set(['n8n-nodes-base', '@n8n/n8n-nodes-langchain', 'n8n-nodes-internal']);

/** What a node as a whole is bound to: its package, credentials, webhook, data table and project. */
export function bindingsOf(node: DocumentNode): Reference[] {
  return [...packageOf(node), ...credentialsOf(node), ...webhookOf(node), ...storesOf(node)];
}

const inside = ({ place }: DocumentNode, ...path: JsonPath): Place => ({ ...place, path: [...place.path, ...path] });

/** The npm package a node type comes from (`@scope/n8n-nodes-x.node`); `undefined` for a type without one. */
export function packageOfType(type: string): string | undefined {
  const dot = type.lastIndexOf('.');
  return dot > 0 ? type.slice(0, dot) : undefined;
}

/** Whether n8n ships the node type itself. */
export const isBuiltIn = (type: string): boolean => BUILT_IN.has(packageOfType(type) ?? 'n8n-nodes-base');

function packageOf(node: DocumentNode): ReferenceOf<'nodePackage'>[] {
  const { type: nodeType, typeVersion } = node;
  const name = packageOfType(nodeType);
  if (name === undefined || isBuiltIn(nodeType)) return [];
  return [{ kind: 'nodePackage', ...inside(node, 'type'), written: 'nodeType', name, nodeType, typeVersion }];
}

function credentialsOf(node: DocumentNode): ReferenceOf<'credential'>[] {
  return Object.entries(node.credentials).flatMap(([credentialType, value]) => {
    const place = inside(node, 'credentials', credentialType);
    const identity = credentialIdentity(value);
    return identity ? [{ kind: 'credential' as const, ...place, credentialType, ...identity }] : [];
  });
}

type CredentialIdentity = Pick<ReferenceOf<'credential'>, 'written' | 'id' | 'name' | 'expression'>;

/** Both the reader's form and, inside inline sub-workflows, any form n8n ever wrote. */
function credentialIdentity(value: Json | undefined): CredentialIdentity | undefined {
  if (typeof value === 'string') return value === '' ? undefined : { written: 'name', name: value };
  if (!isObject(value) || value.managed === true || value.__aiGatewayManaged === true) return undefined;
  const id = asText(value.id);
  const name = asText(value.name);
  if (id === undefined) return { written: 'name', ...(name === undefined ? {} : { name }) };
  if (id.startsWith('=')) return { written: 'expression', expression: id };
  return { written: 'idAndName', id, ...(name === undefined ? {} : { name }) };
}

function webhookOf(node: DocumentNode): ReferenceOf<'webhook'>[] {
  const address = webhookAddress(node);
  if (!address) return [];
  const { route, expression, methods, path } = address;
  const place = inside(node, ...path);
  if (expression !== undefined) return [{ kind: 'webhook', ...place, written: 'expression', expression, methods }];
  const known = {
    ...(node.webhookId === undefined ? {} : { id: node.webhookId }),
    ...(route === undefined ? {} : { name: route }),
  };
  return [{ kind: 'webhook', ...place, written: 'webhook', ...known, methods }];
}

/** Data tables and projects; a data table by name is found on any instance, one by id only on its own. */
function storesOf(node: DocumentNode): Reference[] {
  const { dataTableId, projectId } = node.parameters;
  const table = readTarget(dataTableId);
  const project = node.type.startsWith('n8n-nodes-base.n8n') ? readTarget(projectId) : undefined;
  return [
    ...(table ? [{ kind: 'dataTable' as const, ...inside(node, 'parameters', 'dataTableId'), ...table }] : []),
    ...(project ? [{ kind: 'project' as const, ...inside(node, 'parameters', 'projectId'), ...project }] : []),
  ];
}
