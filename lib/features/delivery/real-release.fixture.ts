import { createEnvironment } from '@/lib/features/connections/environments/operations';
import type { Kernel } from '@/lib/kernel/kernel';
import type { RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { ProviderKind, WorkflowProvider } from '@/lib/ports/workflow-provider';
import { as, type TestTenant } from '@/lib/testing/house';
import type { JsonObject } from '@/lib/workflow/model';

/** A real instance, connected as an environment. */
export type RealPlace = { id: string; provider: WorkflowProvider; baseUrl: string; apiKey: string };
type Address = { baseUrl: string; apiKey: string };

export async function connectReal(
  { kernel, tenant, kind }: { kernel: Kernel; tenant: TestTenant; kind: ProviderKind },
  { baseUrl, apiKey }: Address,
  tier: 'dev' | 'production',
): Promise<RealPlace> {
  const admin = await as(kernel, tenant, 'admin');
  const { id } = await admin(createEnvironment, { name: tier, class: tier, baseUrl, apiKey });
  return { id, provider: kind.connect({ baseUrl, apiKey }), baseUrl, apiKey };
}

export type Requirement = { type: string; name: string };
export const keyOf = ({ type, name }: Requirement): string => `${type}:${name}`;

type Named = Record<string, { id?: string; name?: string } | string | null>;
const credentialsOf = (node: WorkflowDocument['nodes'][number]): Named => (node.credentials ?? {}) as Named;

/** The credentials that a workflow names, each once. */
export function requirementsOf(nodes: WorkflowDocument['nodes']): Map<string, Requirement> {
  const found = nodes.flatMap((node) =>
    Object.entries(credentialsOf(node)).flatMap(([type, value]) => {
      const name = typeof value === 'string' ? value : value?.name;
      return name ? [{ type, name }] : [];
    }),
  );
  return new Map(found.map((one) => [keyOf(one), one]));
}

type Properties = Record<string, { type?: string; enum?: unknown[] }>;

/**
 * Makes a credential that holds no more than n8n asks for, and answers its id; null where the instance has no such type,
 * or takes none without real data.
 */
export async function makeCredential(place: Address, { type, name }: Requirement): Promise<string | null> {
  const data: Record<string, unknown> = {};
  let properties: Properties | undefined;
  for (;;) {
    const { status, json } = await ask(place, 'POST', '/credentials', { name, type, data });
    if (status === 200) return (json as { id: string }).id;
    if (status !== 400) throw new Error(`${type}: ${status} ${JSON.stringify(json)}`);
    const [, lacking] = /requires property "(\w+)"/.exec((json as { message: string }).message) ?? [];
    if (!lacking || lacking in data) return null;
    properties ??= ((await ask(place, 'GET', `/credentials/schema/${type}`)).json as { properties: Properties })
      .properties;
    data[lacking] = sampleOf(properties[lacking]);
  }
}

const sampleOf = ({ type, enum: choices }: Properties[string] = {}): unknown =>
  choices?.[0] ?? (type === 'number' ? 1 : type === 'boolean' ? false : 'sample');

export async function removeCredential(place: Address, id: string): Promise<void> {
  await ask(place, 'DELETE', `/credentials/${id}`);
}

async function ask({ baseUrl, apiKey }: Address, method: string, path: string, body?: object) {
  const reply = await fetch(`${baseUrl}/api/v1${path}`, {
    method,
    headers: { 'X-N8N-API-KEY': apiKey, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: reply.status, json: await reply.json() };
}

/** A stored body as n8n's API takes it; `mark` keeps its name, and those of its credentials, apart from all others. */
export function documentOf(file: string, body: JsonObject, mark: string): WorkflowDocument {
  const { name, nodes, connections, settings } = structuredClone(body) as Partial<WorkflowDocument>;
  for (const node of nodes!) {
    for (const reference of Object.values(credentialsOf(node))) {
      if (reference && typeof reference === 'object' && reference.name) reference.name += ` ${mark}`;
    }
  }
  return {
    name: `${name ?? 'Fragment'} ${file} ${mark}`,
    nodes: nodes!,
    connections: connections!,
    settings: { executionOrder: 'v1', ...settings },
  };
}

/** Everything that the instance has. */
export async function everything({ provider }: RealPlace): Promise<Map<string, RemoteWorkflow>> {
  const all = new Map<string, RemoteWorkflow>();
  for await (const { items } of provider.listWorkflows()) for (const one of items) all.set(one.id, one);
  return all;
}

type Meanings = {
  /** Ids of the source → ids of the target. */
  workflows: ReadonlyMap<string, string>;
  /** By type and name, in the target. */
  credentials: ReadonlyMap<string, string>;
};

/** The document as it has to stand in the target, worked out apart from the product: by replacing ids in the text. */
export function carried(document: WorkflowDocument, { workflows, credentials }: Meanings): WorkflowDocument {
  let text = JSON.stringify(document);
  for (const [from, to] of workflows) text = text.replaceAll(`"${from}"`, `"${to}"`);
  const copy = JSON.parse(text) as WorkflowDocument;
  for (const node of copy.nodes) {
    for (const [type, reference] of Object.entries(credentialsOf(node))) {
      if (!reference || typeof reference === 'string' || !reference.name) continue;
      reference.id = credentials.get(keyOf({ type, name: reference.name })) ?? reference.id;
    }
  }
  return copy;
}
