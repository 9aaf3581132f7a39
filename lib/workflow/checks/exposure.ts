import { isObject, type WorkflowNode } from '../model';

const WEBHOOK = 'n8n-nodes-base.webhook';
const FORM = 'n8n-nodes-base.formTrigger';
const MCP = '@n8n/n8n-nodes-langchain.mcpTrigger';
const CHAT = '@n8n/n8n-nodes-langchain.chatTrigger';
/** Triggers that hand over text written by whoever can reach the address, bot or mailbox. */
const INBOX =
  /\.(?:telegram|whatsApp|gmail|microsoftOutlook|slack|discord|emailReadImap|rssFeedRead|typeform|twilio|line|facebookLeadAds|jotForm)(?:Trigger)?$/;

/** Where requests from outside enter, and whether anyone asks who sends them. */
export type Exposure = 'open' | 'authenticated' | 'restricted' | 'closed';

/**
 * How a node can be reached from outside: `open` to anyone who knows the address, `authenticated`, `restricted` to
 * listed networks, or `closed`: not an endpoint at all, or not public.
 */
export function exposureOf({
  type,
  parameters,
  disabled,
}: Pick<WorkflowNode, 'type' | 'parameters' | 'disabled'>): Exposure {
  if (disabled || ![WEBHOOK, FORM, MCP, CHAT].includes(type)) return 'closed';
  if (type === CHAT && parameters.public !== true) return 'closed';
  const { authentication = 'none', options } = parameters;
  if (authentication !== 'none') return 'authenticated';
  const { ipWhitelist } = isObject(options) ? options : {};
  return typeof ipWhitelist === 'string' && ipWhitelist.trim() !== '' ? 'restricted' : 'open';
}

/** Whether a node starts its workflow with content that a stranger may have written. */
export function isUntrusted(node: WorkflowNode): boolean {
  return !node.disabled && (exposureOf(node) === 'open' || INBOX.test(node.type));
}

/** What an endpoint is called in a sentence. */
export const endpointNoun = (type: string): string =>
  type === FORM ? 'form' : type === CHAT ? 'chat' : type === MCP ? 'MCP server' : 'webhook';
