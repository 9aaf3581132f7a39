import type { JsonPath } from '../model';
import type { DocumentNode } from './document';
import { isExpression } from './locator';
import { asObject, asText } from './path';

/** Node types whose `path` is the whole production route; all others are reached below their webhookId. */
const FULL_PATH = new Set([
  'n8n-nodes-base.webhook',
  'n8n-nodes-base.formTrigger',
  '@n8n/n8n-nodes-langchain.mcpTrigger',
]);
const CHAT = '@n8n/n8n-nodes-langchain.chatTrigger';

/** How the outside reaches a node. */
export interface WebhookAddress {
  /** Below `/webhook/`, `/form/` or `/mcp/`; absent when only the instance can tell. */
  readonly route?: string;
  /** Set instead of a route when the path is an expression. */
  readonly expression?: string;
  readonly methods: readonly string[];
  /** Steps from the node to what decides the address. */
  readonly path: JsonPath;
}

/** The address of a node that listens for requests, or `undefined` for one that does not. */
export function webhookAddress(node: DocumentNode): WebhookAddress | undefined {
  const { type, parameters, webhookId } = node;
  if (!FULL_PATH.has(type)) {
    if (webhookId === undefined || !type.endsWith('Trigger')) return undefined;
    const chat = type === CHAT ? { route: `${webhookId}/chat` } : {};
    return { ...chat, methods: type === CHAT ? ['POST'] : [], path: ['webhookId'] };
  }
  const methods = methodsOf(node);
  const own = asText(parameters.path);
  const optional = asText(asObject(parameters.options).path);
  const text = own ?? optional ?? webhookId;
  const path =
    own !== undefined ? ['parameters', 'path'] : optional ? ['parameters', 'options', 'path'] : ['webhookId'];
  if (text === undefined) return { methods, path };
  return isExpression(text) ? { expression: text, methods, path } : { route: route(text, webhookId), methods, path };
}

/** A path with parameters (`orders/:id`) is told apart from others by the webhookId before it. */
function route(path: string, webhookId: string | undefined): string {
  const plain = path.replace(/^\/+|\/+$/g, '');
  return webhookId !== undefined && /(^|\/):/.test(plain) ? `${webhookId}/${plain}` : plain;
}

function methodsOf({ type, parameters }: DocumentNode): readonly string[] {
  if (type !== 'n8n-nodes-base.webhook') return ['GET', 'POST'];
  const { httpMethod } = parameters;
  if (Array.isArray(httpMethod)) return httpMethod.map(String);
  if (parameters.multipleMethods === true) return ['GET', 'POST'];
  return [asText(httpMethod) ?? 'GET'];
}
