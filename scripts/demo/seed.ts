import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JsonApi, n8nApi } from './http.ts';
import {
  type DemoCredential,
  type DemoRequest,
  type DemoWorkflow,
  makeCredentials,
  requests,
  workflows,
} from './shop.ts';

/** An n8n with a key to its public API. */
export interface N8n {
  baseUrl: string;
  apiKey: string;
  version: string;
}

/** Puts the shop's workflows into an n8n, publishes them and lets them run once; does nothing where they are already. */
export async function seedShop(n8n: N8n): Promise<void> {
  const api = n8nApi(n8n);
  const existing = await api.get<{ data: { id: string; name: string }[] }>('/workflows?limit=250');
  const ids = new Map(existing.data.map(({ id, name }) => [name, id]));
  if (workflows.every((workflow) => ids.has(read(workflow).name))) return;

  const credentials = makeCredentials();
  const references = new Map<string, string>();
  for (const { key, ...credential } of credentials) {
    const { id } = await api.post<{ id: string }>('/credentials', credential);
    references.set(`credential:${key}`, id);
  }
  const tags = await createTags(api);
  for (const workflow of workflows) {
    const content = read(workflow);
    const id = ids.get(content.name) ?? (await create(api, workflow, content, references, tags, n8n.version));
    references.set(`workflow:${workflow.key}`, id);
  }
  for (const request of requests) await send(n8n.baseUrl, request, credentials);
}

interface WorkflowContent {
  name: string;
}

function read({ key }: DemoWorkflow): WorkflowContent {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'workflows', `${key}.json`), 'utf8'));
}

/** Ids by name. Names that n8n has already are no error. */
async function createTags(api: JsonApi): Promise<Map<string, string>> {
  const { data } = await api.get<{ data: { id: string; name: string }[] }>('/tags?limit=250');
  const tags = new Map(data.map(({ id, name }) => [name, id]));
  for (const name of new Set(workflows.flatMap((workflow) => workflow.tags))) {
    if (!tags.has(name)) tags.set(name, (await api.post<{ id: string }>('/tags', { name })).id);
  }
  return tags;
}

async function create(
  api: JsonApi,
  { kind, tags }: DemoWorkflow,
  content: WorkflowContent,
  references: Map<string, string>,
  tagIds: Map<string, string>,
  version: string,
): Promise<string> {
  // The files refer to each other by key; only n8n gives out ids.
  const resolved = JSON.parse(JSON.stringify(content), (_, value) => references.get(value) ?? value);
  const { id } = await api.post<{ id: string }>('/workflows', resolved);
  await api.put(
    `/workflows/${id}/tags`,
    tags.map((name) => ({ id: tagIds.get(name) })),
  );
  const canPublish = kind === 'triggered' || (kind === 'sub-workflow' && !version.startsWith('1.'));
  if (canPublish) await api.post(`/workflows/${id}/activate`);
  return id;
}

/** Calls a webhook. n8n 2.x takes a moment after publishing before it answers anything but 404. */
async function send(baseUrl: string, request: DemoRequest, credentials: DemoCredential[]): Promise<void> {
  const { method, path, body } = request;
  const credential = credentials.find(({ key }) => key === request.credential)?.data;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const response = await fetch(`${baseUrl}/webhook/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...authorization(credential) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    await response.text();
    if (response.status !== 404) return;
    await sleep(100);
  }
  throw new Error(`The webhook ${path} was never answered.`);
}

function authorization(credential: DemoCredential['data'] | undefined): Record<string, string> {
  if (!credential) return {};
  const { user, password, name, value } = credential;
  if (user) return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  return name && value ? { [name]: value } : {};
}
