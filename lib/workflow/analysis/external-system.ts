import type { JsonObject, WorkflowNode } from '../model';
import { nodeCategory, nodeNoun } from './node-category';

/** Nouns whose spelled-out form is not the system's name; the rest reads well enough (`googleSheets`: Google Sheets). */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['aws', 'AWS'],
  ['emailReadImap', 'E-mail'],
  ['emailSend', 'E-mail'],
  ['github', 'GitHub'],
  ['gitlab', 'GitLab'],
  ['graphql', 'GraphQL'],
  ['hubspot', 'HubSpot'],
  ['linkedIn', 'LinkedIn'],
  ['microsoftSql', 'Microsoft SQL Server'],
  ['mongoDb', 'MongoDB'],
  ['mySql', 'MySQL'],
  ['openAi', 'OpenAI'],
  ['pGVector', 'PostgreSQL'],
  ['postgres', 'PostgreSQL'],
  ['rssFeedRead', 'RSS'],
  ['s3', 'S3'],
  ['whatsApp', 'WhatsApp'],
  ['wooCommerce', 'WooCommerce'],
  ['youTube', 'YouTube'],
]);
/** Sub-nodes of the AI package that talk to a service: the part of the noun that names it. */
const AI_SERVICE = /^(?:lmChat|lm|embeddings|vectorStore|memory|toolSerpApi|reranker)(?=[A-Z])(.*?)(?:Chat)?$/;
const AI_LOCAL = /^(BufferWindow|Manager|InMemory.*|Motorhead|)$/;
const LOCAL_TRIGGERS =
  /^(manual|schedule|cron|interval|start|executeWorkflow|error|form|webhook|chat|manualChat|mcp|evaluation|localFile|workflow|n8n|sse)(Trigger)?$/;

/** The system outside of n8n that a node talks to: a service by name, or the host of a fixed URL; else `undefined`. */
export function externalSystem({ type, parameters }: WorkflowNode): string | undefined {
  const noun = nodeNoun(type);
  if (/^(httpRequest|toolHttpRequest|graphql)$/.test(noun)) return hostOf(parameters) ?? 'HTTP';
  switch (nodeCategory(type)) {
    case 'trigger':
      return LOCAL_TRIGGERS.test(noun) ? undefined : systemName(noun.replace(/Trigger$/, ''));
    case 'ai':
      return aiService(noun);
    case 'database':
      return noun.startsWith('dataTable') ? undefined : systemName(noun);
    case 'api':
      return systemName(noun);
    default:
      return noun === 'ssh' ? 'SSH' : undefined;
  }
}

/** The host of the URL a node calls, when it is written out. */
export function hostOf(parameters: JsonObject): string | undefined {
  const { url } = parameters;
  if (typeof url !== 'string') return undefined;
  return /^=?\s*https?:\/\/(?:[^\s/@]+@)?([^\s/?#:{}'"]+)(?=[/?#:'"\s]|$)/i.exec(url)?.[1]?.toLowerCase();
}

function aiService(noun: string): string | undefined {
  if (noun.startsWith('openAi')) return 'OpenAI';
  const service = AI_SERVICE.exec(noun)?.[1];
  return service === undefined || AI_LOCAL.test(service)
    ? undefined
    : systemName(service[0]!.toLowerCase() + service.slice(1));
}

function systemName(noun: string): string {
  const known = NAMES.get(noun);
  if (known !== undefined) return known;
  if (/^aws[A-Z]/.test(noun)) return 'AWS';
  const words = noun.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
