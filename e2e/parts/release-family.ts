import { expect } from '@playwright/test';
import type { JsonApi } from '../../scripts/demo/http.ts';

const EXECUTE = 'n8n-nodes-base.executeWorkflow';
const SETTINGS = { executionOrder: 'v1' };

type Node = { name: string; type: string; typeVersion: number; parameters: object; [field: string]: unknown };

/** A chain of nodes in n8n's own shape. */
function workflow(name: string, nodes: Node[], settings: object = {}) {
  const links = nodes.slice(1).map((node, at) => [nodes[at]?.name, { main: [[link(node.name)]] }]);
  return {
    name,
    nodes: nodes.map((node, at) => ({ id: crypto.randomUUID(), position: [at * 220, 0], ...node })),
    connections: Object.fromEntries(links),
    settings: { ...SETTINGS, ...settings },
  };
}
const link = (node: string) => ({ node, type: 'main', index: 0 });

/** Answers whoever calls it with a mark. */
export function childDocument(name: string, mark: string) {
  const assignments = { assignments: [{ id: 'mark', name: 'mark', type: 'string', value: mark }] };
  return workflow(name, [
    { name: 'Start', type: `${EXECUTE}Trigger`, typeVersion: 1.1, parameters: { inputSource: 'passthrough' } },
    { name: 'Mark', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: { assignments, options: {} } },
  ]);
}

const handlerDocument = (name: string) =>
  workflow(name, [{ name: 'On error', type: 'n8n-nodes-base.errorTrigger', typeVersion: 1, parameters: {} }]);

type Parent = { name: string; path: string; childId: string; handlerId: string; credential: object };

/** A webhook that asks for a header, and answers with what its child says. */
function parentDocument({ name, path, childId, handlerId, credential }: Parent) {
  const receive = { path, httpMethod: 'GET', responseMode: 'lastNode', authentication: 'headerAuth', options: {} };
  const call = { workflowId: { __rl: true, mode: 'id', value: childId }, options: {} };
  return workflow(
    name,
    [
      {
        ...{ name: 'Receive', type: 'n8n-nodes-base.webhook', typeVersion: 2, parameters: receive },
        ...{ webhookId: crypto.randomUUID(), credentials: { httpHeaderAuth: credential } },
      },
      { name: 'Call', type: EXECUTE, typeVersion: 1.2, parameters: call },
    ],
    { errorWorkflow: handlerId },
  );
}

/** Names, and what the webhook asks for in each instance. */
export interface Family {
  parent: string;
  child: string;
  handler: string;
  path: string;
}

type Made = { id: string; name: string };
const HEADER = 'X-Family';

/** A credential for the webhook; the header that opens it is part of the answer. */
export async function makeCredential(n8n: JsonApi, name: string, secret: string) {
  const data = { name: HEADER, value: secret };
  const { id } = await n8n.post<Made>('/credentials', { name, type: 'httpHeaderAuth', data });
  return { id, name, headers: { [HEADER]: secret } };
}

/** A parent with its sub-workflow and its error workflow, published. */
export async function makeFamily(n8n: JsonApi, family: Family, credential: { id: string; name: string }) {
  const { id: handlerId } = await n8n.post<Made>('/workflows', handlerDocument(family.handler));
  const { id: childId } = await n8n.post<Made>('/workflows', childDocument(family.child, 'first'));
  const { id, name } = credential;
  const parent = { name: family.parent, path: family.path, childId, handlerId, credential: { id, name } };
  const { id: parentId } = await n8n.post<Made>('/workflows', parentDocument(parent));
  // n8n 2 publishes no caller before its callees.
  for (const made of [childId, parentId]) await n8n.post(`/workflows/${made}/activate`);
  return { parentId, childId, handlerId };
}

/** The workflow of that name, with its nodes. */
export async function workflowNamed(n8n: JsonApi, name: string) {
  const query = new URLSearchParams({ name, limit: '250' });
  const { data } = await n8n.get<{ data: (Made & { nodes: Node[]; connections: object; settings: object })[] }>(
    `/workflows?${query}`,
  );
  const found = data.filter((one) => one.name === name);
  if (found.length !== 1) throw new Error(`${found.length} workflows are named ${name}.`);
  return found[0] as (typeof found)[number];
}

/** Callers before what they call. */
export async function removeFamily(n8n: JsonApi, { parent, child, handler }: Family): Promise<void> {
  for (const name of [parent, child, handler]) await removeWorkflow(n8n, (await workflowNamed(n8n, name)).id);
}

/** n8n 2 deletes nothing that it is still unpublishing, and unpublishes nothing that a published workflow calls. */
export const removeWorkflow = (n8n: JsonApi, id: string): Promise<void> =>
  expect(async () => {
    await n8n.post(`/workflows/${id}/deactivate`).catch(() => undefined);
    await n8n.delete(`/workflows/${id}`);
  }).toPass({ timeout: 30_000 });
