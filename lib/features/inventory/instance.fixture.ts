import { randomUUID } from 'node:crypto';
import { ProviderError, type ProviderFailure } from '@/lib/ports/provider-error';
import { CAPABILITIES, type ProbeReport } from '@/lib/ports/provider-probe';
import type {
  RemoteCredential,
  RemoteExecution,
  RemoteTag,
  RemoteUser,
  RemoteWorkflow,
  WorkflowDocument,
} from '@/lib/ports/remote-workflow';
import type { Listing, ListPage, ProviderKind, UpdateOptions, WorkflowProvider } from '@/lib/ports/workflow-provider';

const REPORT: ProbeReport = {
  version: { exact: '2.41.1', atLeast: '2.30.0', below: null },
  key: { scopes: null, expiresAt: null },
  capabilities: Object.fromEntries(CAPABILITIES.map((name) => [name, { works: true }])) as ProbeReport['capabilities'],
  writes: {
    serial: false,
    savePublishes: 'optional',
    publishIsAsynchronous: false,
    failedPublish: 'keeps_previous',
    deleteNeedsUnpublish: true,
  },
  checkedAt: new Date().toISOString(),
};

/** A workflow of two nodes, with a webhook and one credential. */
export function sampleDocument(name: string): WorkflowDocument {
  const credentials = { httpHeaderAuth: { id: 'cred-1', name: 'Shop API' } };
  const at = { typeVersion: 1, position: [0, 0], parameters: {} };
  return {
    name,
    nodes: [
      { ...at, id: 'n1', name: 'Receive', type: 'n8n-nodes-base.webhook', webhookId: 'w1', parameters: { path: name } },
      { ...at, id: 'n2', name: 'Ask', type: 'n8n-nodes-base.httpRequest', credentials },
    ],
    connections: { Receive: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
    settings: { executionOrder: 'v1' },
  };
}

/** An n8n in memory, with the faults a test asks for. It keeps what it was asked in `calls`. */
export class ScriptedInstance {
  workflows = new Map<string, RemoteWorkflow>();
  tags: RemoteTag[] = [];
  users: Listing<RemoteUser> = { supported: true, items: [] };
  credentials: Listing<RemoteCredential> = { supported: true, items: [] };
  executions: RemoteExecution[] = [];
  pageSize = 100;
  /** Whether the walk over workflows ends with certainty. */
  complete = true;
  /** Ids that the list leaves out although they are there. */
  hidden = new Set<string>();
  /** Failures by method, thrown until they are taken out. */
  faults: Partial<Record<keyof WorkflowProvider, ProviderFailure>> = {};
  /** Called between pages of the workflow list. */
  betweenPages: () => Promise<void> | void = () => {};
  calls: string[] = [];
  private clock = Date.parse('2026-01-01T00:00:00Z');

  readonly kind: ProviderKind = {
    type: 'n8n',
    name: 'n8n',
    description: 'An instance in memory.',
    connection: [],
    capabilities: CAPABILITIES,
    connect: () => this.provider,
  };

  add(name: string, { id = randomUUID().slice(0, 16), ...more }: Partial<RemoteWorkflow> = {}): RemoteWorkflow {
    const at = this.now();
    const workflow: RemoteWorkflow = {
      id,
      document: sampleDocument(name),
      versionId: randomUUID(),
      published: null,
      archived: false,
      tags: [],
      project: null,
      createdAt: at,
      updatedAt: at,
      ...more,
    };
    this.workflows.set(id, workflow);
    return workflow;
  }

  /** As if somebody had worked in n8n. */
  edit(id: string, document: WorkflowDocument): RemoteWorkflow {
    return this.put(id, { document, versionId: randomUUID() });
  }

  private now(): string {
    this.clock += 1_000;
    return new Date(this.clock).toISOString();
  }

  private put(id: string, change: Partial<RemoteWorkflow>): RemoteWorkflow {
    const changed = { ...this.must(id), ...change, updatedAt: this.now() };
    this.workflows.set(id, changed);
    return changed;
  }

  private must(id: string): RemoteWorkflow {
    const found = this.workflows.get(id);
    if (!found) throw new ProviderError('not_found', 'There is no such workflow.');
    return found;
  }

  private async answer<T>(method: keyof WorkflowProvider, give: () => T): Promise<T> {
    this.calls.push(method);
    const failure = this.faults[method];
    if (failure) throw new ProviderError(failure, `Scripted: ${failure}.`);
    return give();
  }

  private async *pages<T>(method: 'listWorkflows' | 'listExecutions', items: T[]): AsyncGenerator<ListPage<T>> {
    const count = Math.max(1, Math.ceil(items.length / this.pageSize));
    for (let page = 0; page < count; page += 1) {
      const slice = await this.answer(method, () => items.slice(page * this.pageSize, (page + 1) * this.pageSize));
      const last = page === count - 1;
      yield {
        items: slice,
        seen: page * this.pageSize + slice.length,
        requests: page + 1,
        ...(last ? { complete: this.complete } : {}),
      };
      if (method === 'listWorkflows') await this.betweenPages();
    }
  }

  private update(id: string, document: WorkflowDocument, { expected }: UpdateOptions = {}) {
    const before = this.must(id);
    if (expected && (expected.versionId !== before.versionId || expected.updatedAt !== before.updatedAt)) {
      throw new ProviderError('conflict', 'It moved since it was read.');
    }
    return { status: 'applied' as const, workflow: this.edit(id, document), omitted: [], residual: [] };
  }

  private publish(id: string) {
    const { document, versionId } = this.must(id);
    const { nodes, connections } = document;
    const published = { nodes, connections, versionId, name: null, publishedAt: null };
    return { status: 'published' as const, workflow: this.put(id, { published }), triggers: 'settled' as const };
  }

  readonly provider: WorkflowProvider = {
    probe: async () => ({ ok: true, report: REPORT }),
    listWorkflows: () =>
      this.pages(
        'listWorkflows',
        [...this.workflows.values()].filter(({ id }) => !this.hidden.has(id)),
      ),
    getWorkflow: (id) => this.answer('getWorkflow', () => this.workflows.get(id) ?? null),
    getWorkflowVersion: async () => null,
    createWorkflow: (document) =>
      this.answer('createWorkflow', () => {
        const workflow = this.add(document.name, { document });
        return { status: 'applied', workflow, omitted: [], residual: [] };
      }),
    updateWorkflow: (id, document, options) => this.answer('updateWorkflow', () => this.update(id, document, options)),
    deleteWorkflow: (id) => this.answer('deleteWorkflow', () => this.workflows.delete(id)),
    archiveWorkflow: (id) => this.answer('archiveWorkflow', () => this.put(id, { archived: true, published: null })),
    unarchiveWorkflow: (id) => this.answer('unarchiveWorkflow', () => this.put(id, { archived: false })),
    publishWorkflow: (id) => this.answer('publishWorkflow', () => this.publish(id)),
    unpublishWorkflow: (id) =>
      this.answer('unpublishWorkflow', () => ({
        status: 'unpublished',
        workflow: this.put(id, { published: null }),
        triggers: 'settled',
      })),
    setWorkflowTags: (id, tagIds) =>
      this.answer(
        'setWorkflowTags',
        () => this.put(id, { tags: this.tags.filter((tag) => tagIds.includes(tag.id)) }).tags,
      ),
    listTags: () => this.answer('listTags', () => this.tags),
    createTag: (name) => this.answer('createTag', () => ({ id: randomUUID(), name })),
    listCredentials: () => this.answer('listCredentials', () => this.credentials),
    listUsers: () => this.answer('listUsers', () => this.users),
    listExecutions: ({ afterId = '0' } = {}) =>
      this.pages(
        'listExecutions',
        this.executions.filter(({ id, status }) => BigInt(id) > BigInt(afterId) || status === 'running').toReversed(),
      ),
    getExecution: (id) =>
      this.answer('getExecution', () => {
        const found = this.executions.find((one) => one.id === id);
        return found ? { ...found, workflowName: null, workflowVersionId: null, error: null, data: null } : null;
      }),
    probeWebhook: async () => ({ registered: 'unknown', methods: [] }),
  };

  run(id: number, workflowId: string, status: RemoteExecution['status'] = 'success'): RemoteExecution {
    const startedAt = this.now();
    const stoppedAt = status === 'running' ? null : new Date(Date.parse(startedAt) + 250).toISOString();
    const ended = { waitTill: null, retryOf: null, retrySuccessId: null };
    const execution = { id: String(id), workflowId, status, mode: 'webhook', startedAt, stoppedAt, ...ended };
    this.executions = [...this.executions.filter((one) => one.id !== execution.id), execution];
    return execution;
  }
}
