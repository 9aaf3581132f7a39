import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { ProviderError, type ProviderFailure } from '../provider-error';
import type { Capability, ProbeReport } from '../provider-probe';
import type { RemoteWorkflow, WorkflowDocument } from '../remote-workflow';
import type { ListPage, ProviderConnection, WorkflowProvider } from '../workflow-provider';

/** What an implementation brings to be held to the contract. */
export type ProviderHarness = {
  /** Connects to the instance under test, with other particulars where given. */
  connect(other?: Partial<ProviderConnection>): WorkflowProvider;
  /** Calls a registered production webhook once, with POST. */
  trigger(path: string): Promise<void>;
};

/** The provider under test, once it is started, and what the tests have made there. */
export class ProviderSubject {
  harness!: ProviderHarness;
  provider!: WorkflowProvider;
  report!: ProbeReport;
  readonly made: string[] = [];

  async start(harness: ProviderHarness): Promise<void> {
    this.harness = harness;
    this.provider = harness.connect();
    const probe = await this.provider.probe();
    if (!probe.ok) throw new Error(probe.problem.detail);
    this.report = probe.report;
  }

  can(capability: Capability): boolean {
    return this.report.capabilities[capability].works;
  }

  async create(document: WorkflowDocument): Promise<RemoteWorkflow> {
    const { workflow } = await this.provider.createWorkflow(document);
    this.made.push(workflow.id);
    return workflow;
  }

  async reread(id: string): Promise<RemoteWorkflow> {
    return (await this.provider.getWorkflow(id))!;
  }

  async clear(): Promise<void> {
    for (const id of this.made) await this.provider.deleteWorkflow(id);
  }
}

/** A workflow that can be published: a webhook, and a node after it. */
export function webhookDocument(name: string, path: string = randomUUID()): WorkflowDocument {
  return {
    name,
    nodes: [
      {
        id: randomUUID(),
        name: 'Receive',
        type: 'n8n-nodes-base.webhook',
        typeVersion: 2,
        position: [0, 0],
        webhookId: randomUUID(),
        parameters: { path, httpMethod: 'POST', options: {} },
      },
      {
        id: randomUUID(),
        name: 'Done',
        type: 'n8n-nodes-base.noOp',
        typeVersion: 1,
        position: [220, 0],
        parameters: {},
      },
    ],
    connections: { Receive: { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
    settings: { executionOrder: 'v1' },
  };
}

/** The same one without its webhook: it cannot be published. */
export const withoutTrigger = (document: WorkflowDocument): WorkflowDocument => ({
  ...document,
  nodes: document.nodes.slice(1),
  connections: {},
});

/** The failure of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderFailure> {
  const error = await call.then(
    (value) => expect.unreachable(`answered ${JSON.stringify(value)}`),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(ProviderError);
  return (error as ProviderError).failure;
}

export async function eventually<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  let value = await read();
  for (const end = Date.now() + 15_000; !wanted(value) && Date.now() < end; value = await read()) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return value;
}

/** All items of a list, and its last page. */
export async function readAll<T>(pages: AsyncIterable<ListPage<T>>): Promise<{ items: T[]; last: ListPage<T> }> {
  const items: T[] = [];
  let last: ListPage<T> | undefined;
  for await (const page of pages) {
    items.push(...page.items);
    last = page;
  }
  return { items, last: last! };
}
