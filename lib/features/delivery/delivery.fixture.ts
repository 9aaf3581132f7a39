import { randomUUID } from 'node:crypto';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { refresh } from '@/lib/features/inventory/environment.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { ProviderKind } from '@/lib/ports/workflow-provider';
import { fakeProvider } from '@/lib/testing/fake-provider';
import { FakeInstance } from '@/lib/testing/fake-provider/instance';
import { as, type TestTenant } from '@/lib/testing/house';

/** An environment of a test, and the instance behind it. */
export type Place = { id: string; instance: FakeInstance };
type Tier = 'dev' | 'staging' | 'production';

/** Instances by address, so that several environments can be connected in one house. */
export class Instances {
  readonly all: FakeInstance[] = [];
  readonly kind: ProviderKind = {
    ...fakeProvider(),
    type: 'n8n',
    connect: (connection) => fakeProvider(...this.all).connect(connection),
  };

  add(): FakeInstance {
    const instance = new FakeInstance();
    this.all.push(instance);
    return instance;
  }

  /** Connects a new instance as an environment of this class. */
  async connect(kernel: Kernel, tenant: TestTenant, tier: Tier, name: string = tier): Promise<Place> {
    const instance = this.add();
    const admin = await as(kernel, tenant, 'admin');
    const { baseUrl, apiKey } = instance;
    const { id } = await admin(createEnvironment, { name, class: tier, baseUrl, apiKey });
    return { id, instance };
  }
}

/** Reads these environments into the inventory, as a refresh does. */
export async function refreshAll(kernel: Kernel, tenant: TestTenant, ...places: Place[]): Promise<void> {
  for (const { id } of places) {
    const job = await refresh(kernel, tenant, id);
    if (job.status !== 'completed') throw new Error(`The refresh ${job.status}: ${JSON.stringify(job.error)}`);
  }
}

type Call = { workflowId: string; name: string };

/** Started by a webhook; asks a shop with a credential, and calls `child` when there is one. Handles errors in `handler`. */
export function parentDocument(
  name: string,
  { child, handler, url = 'https://shop.example.com' }: ParentParts = {},
): WorkflowDocument {
  const at = { typeVersion: 1, position: [0, 0] };
  const credentials = { httpHeaderAuth: { id: 'dev-shop', name: 'Shop API' } };
  return {
    name,
    nodes: [
      { ...at, id: 'n1', name: 'Receive', type: 'n8n-nodes-base.webhook', webhookId: 'w1', parameters: { path: name } },
      { ...at, id: 'n2', name: 'Ask', type: 'n8n-nodes-base.httpRequest', parameters: { url }, credentials },
      ...(child ? [{ ...at, id: 'n3', name: 'Call', type: EXECUTE, parameters: { workflowId: locator(child) } }] : []),
    ],
    connections: {
      Receive: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] },
      ...(child ? { Ask: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } } : {}),
    },
    settings: { executionOrder: 'v1', ...(handler ? { errorWorkflow: handler } : {}) },
  };
}

type ParentParts = { child?: Call; handler?: string; url?: string };
const EXECUTE = 'n8n-nodes-base.executeWorkflow';
const locator = ({ workflowId, name }: Call) => ({
  ...{ __rl: true, mode: 'list', value: workflowId, cachedResultName: name },
});

/** What another workflow calls; `callers` are the only ones that may. */
export const childDocument = (name: string, callers?: string): WorkflowDocument => ({
  name,
  nodes: [
    { ...{ typeVersion: 1, position: [0, 0], parameters: {} }, id: 'c1', name: 'Start', type: `${EXECUTE}Trigger` },
    { ...{ typeVersion: 1, position: [200, 0], parameters: {} }, id: 'c2', name: 'Done', type: 'n8n-nodes-base.noOp' },
  ],
  connections: { Start: { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
  settings: {
    executionOrder: 'v1',
    ...(callers ? { callerPolicy: 'workflowsFromAList', callerIds: callers } : {}),
  },
});

/** Runs when another workflow fails. */
export const handlerDocument = (name: string): WorkflowDocument => ({
  name,
  nodes: [
    {
      ...{ typeVersion: 1, position: [0, 0], parameters: {} },
      id: 'e1',
      name: 'On error',
      type: 'n8n-nodes-base.errorTrigger',
    },
  ],
  connections: {},
  settings: { executionOrder: 'v1' },
});

/** Our id of a workflow that an instance has. */
export async function idOf(kernel: Kernel, tenant: TestTenant, place: Place, n8nId: string): Promise<string> {
  const where = { environmentId: place.id, n8nId };
  const row = await kernel.database.asTenant(tenant.id, (db) => db.workflow.findFirstOrThrow({ where }));
  return row.id;
}

/** As if a person had edited it in n8n. */
export function edit(place: Place, n8nId: string, change: (document: WorkflowDocument) => void): void {
  const workflow = place.instance.workflows.get(n8nId)!;
  const document = structuredClone(workflow.document);
  change(document);
  place.instance.save({ ...workflow, document, versionId: randomUUID(), updatedAt: place.instance.now() });
}

/** Lets the second node ask another address: a change of behaviour. */
export const pointing = (url: string) => (document: WorkflowDocument) => {
  document.nodes[1]!.parameters = { url };
};
