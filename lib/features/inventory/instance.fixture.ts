import { randomUUID } from 'node:crypto';
import { ProviderError, type ProviderFailure } from '@/lib/ports/provider-error';
import type { RemoteExecution, RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { ListPage, ProviderKind, WorkflowProvider } from '@/lib/ports/workflow-provider';
import { connectFake, FakeInstance, fakeProvider } from '@/lib/testing/fake-provider';

/** A workflow of two nodes, with a webhook and one credential; n8n itself accepts and publishes it. */
export function sampleDocument(name: string): WorkflowDocument {
  const credentials = { httpHeaderAuth: { id: 'cred-1', name: 'Shop API' } };
  const at = { typeVersion: 1, position: [0, 0] };
  const parameters = { url: 'https://shop.example.com' };
  return {
    name,
    nodes: [
      { ...at, id: 'n1', name: 'Receive', type: 'n8n-nodes-base.webhook', webhookId: 'w1', parameters: { path: name } },
      { ...at, id: 'n2', name: 'Ask', type: 'n8n-nodes-base.httpRequest', parameters, credentials },
    ],
    connections: { Receive: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
    settings: { executionOrder: 'v1' },
  };
}

/** The fake instance, with what only happens to a list while it is read. */
export class ScriptedInstance extends FakeInstance {
  /** Ids that the list leaves out although they are there. */
  readonly hidden = new Set<string>();
  /** Whether the walk over workflows ends with certainty. */
  complete = true;
  /** Called after each page of workflows. */
  betweenPages: () => Promise<void> | void = () => {};

  /** What connections to it are given; a test may replace single methods. */
  readonly provider: WorkflowProvider = this.scripted(connectFake(this));
  readonly kind: ProviderKind = { ...fakeProvider(this), type: 'n8n', connect: () => this.provider };

  private scripted(fake: WorkflowProvider): WorkflowProvider {
    return { ...fake, listWorkflows: (options) => this.pages(fake.listWorkflows(options)) };
  }

  private async *pages(whole: AsyncIterable<ListPage<RemoteWorkflow>>): AsyncGenerator<ListPage<RemoteWorkflow>> {
    for await (const page of whole) {
      const items = page.items.filter(({ id }) => !this.hidden.has(id));
      yield { ...page, items, ...(page.complete ? { complete: this.complete } : {}) };
      await this.betweenPages();
    }
  }

  /** As if somebody had made it in n8n. */
  add(name: string, state: Partial<RemoteWorkflow> = {}): RemoteWorkflow {
    const seeded = this.seed(state.document ?? sampleDocument(name), state);
    return this.save({ ...seeded, ...state });
  }

  /** As if somebody had worked in n8n. */
  edit(id: string, document: WorkflowDocument): RemoteWorkflow {
    return this.save({ ...this.workflows.get(id)!, document, versionId: randomUUID(), updatedAt: this.now() });
  }

  /** Methods that fail, each in its way, until the entry is taken out. */
  readonly broken = new Map<keyof WorkflowProvider, ProviderFailure>();

  override enter(method: keyof WorkflowProvider, apiKey: string, signal?: AbortSignal): void {
    super.enter(method, apiKey, signal);
    const failure = this.broken.get(method);
    if (failure) throw new ProviderError(failure, `Scripted: ${failure}.`);
  }

  /** A run that took 250 ms, or is still going on; a later one of the same id replaces it. */
  ran(id: number, workflowId: string, status: RemoteExecution['status'] = 'success'): void {
    this.prune(id);
    const startedAt = this.now();
    const stoppedAt = status === 'running' ? null : new Date(Date.parse(startedAt) + 250).toISOString();
    Object.assign(this.run(workflowId), { id: String(id), status, startedAt, stoppedAt });
    this.executions.sort((a, b) => Number(b.id) - Number(a.id));
  }

  /** As n8n forgets old runs. */
  prune(...ids: number[]): void {
    const kept = this.executions.filter((one) => !ids.includes(Number(one.id)));
    this.executions.splice(0, this.executions.length, ...kept);
  }

  /** Forgets what it was asked so far. */
  forget(): void {
    this.calls.length = 0;
  }
}
