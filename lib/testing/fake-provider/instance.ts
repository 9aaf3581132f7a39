import { randomUUID } from 'node:crypto';
import { ProviderError } from '@/lib/ports/provider-error';
import { CAPABILITIES, type Capability, type Support } from '@/lib/ports/provider-probe';
import type {
  RemoteCredential,
  RemoteExecutionDetail,
  RemoteTag,
  RemoteUser,
  RemoteWorkflow,
  WorkflowDocument,
  WorkflowGraph,
} from '@/lib/ports/remote-workflow';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';

export type Method = keyof WorkflowProvider;

/** An instance that lives in memory: what it holds can be read and changed at will, behind the provider's back. */
export class FakeInstance {
  readonly baseUrl: string;
  readonly apiKey = `fake-${randomUUID()}`;
  readonly workflows = new Map<string, RemoteWorkflow>();
  /** All versions ever saved, by workflow and version id. */
  readonly history = new Map<string, WorkflowGraph>();
  readonly tags: RemoteTag[] = [];
  readonly credentials: RemoteCredential[] = [];
  readonly executions: RemoteExecutionDetail[] = [];
  readonly users: RemoteUser[];
  /** Every call so far, by method. */
  readonly calls: Method[] = [];

  private readonly without: Set<Capability>;
  private failures: { method: Method; error: ProviderError; times: number }[] = [];
  private clock = Date.UTC(2026, 0, 1);

  constructor(options: { baseUrl?: string; without?: Capability[] } = {}) {
    this.baseUrl = options.baseUrl ?? `https://fake-${randomUUID()}.example`;
    this.without = new Set(options.without);
    const at = this.now();
    const owner = {
      id: randomUUID(),
      email: 'owner@example.test',
      firstName: 'Fake',
      lastName: 'Owner',
      role: 'global:owner',
    };
    this.users = [{ ...owner, pending: false, createdAt: at, updatedAt: at }];
  }

  /** The next calls of this method fail so. */
  fail(method: Method, error: ProviderError, times = 1): void {
    this.failures.push({ method, error, times });
  }

  /** Failures that have not come yet never come. */
  recover(): void {
    this.failures = [];
  }

  /** What every call passes through. */
  enter(method: Method, apiKey: string, signal?: AbortSignal): void {
    signal?.throwIfAborted();
    this.calls.push(method);
    const failure = this.failures.find((one) => one.method === method && one.times > 0);
    if (failure) {
      failure.times--;
      throw failure.error;
    }
    if (apiKey !== this.apiKey) throw new ProviderError('key_rejected', 'The instance does not accept the API key.');
  }

  supports(capability: Capability): boolean {
    return !this.without.has(capability);
  }

  require(capability: Capability): void {
    if (!this.supports(capability))
      throw new ProviderError('unsupported', `This fake instance is without ${capability}.`);
  }

  capabilities(): Record<Capability, Support> {
    const missing: Support = { works: false, why: 'version', detail: 'This fake instance is without it.' };
    const support = (capability: Capability): Support => (this.supports(capability) ? { works: true } : missing);
    return Object.fromEntries(CAPABILITIES.map((capability) => [capability, support(capability)])) as Record<
      Capability,
      Support
    >;
  }

  /** Puts a workflow there, as if a person had made it in the editor. */
  seed(
    document: WorkflowDocument,
    state: Partial<Pick<RemoteWorkflow, 'id' | 'tags' | 'archived' | 'project'>> = {},
  ): RemoteWorkflow {
    const at = this.now();
    const id = state.id ?? randomUUID().replaceAll('-', '').slice(0, 16);
    return this.save({
      id,
      document: structuredClone(document),
      versionId: randomUUID(),
      published: null,
      archived: state.archived ?? false,
      tags: state.tags ?? [],
      project: state.project ?? null,
      createdAt: at,
      updatedAt: at,
    });
  }

  save(workflow: RemoteWorkflow): RemoteWorkflow {
    const { nodes, connections } = workflow.document;
    this.workflows.set(workflow.id, workflow);
    this.history.set(`${workflow.id}/${workflow.versionId}`, structuredClone({ nodes, connections }));
    return structuredClone(workflow);
  }

  /** As if a published webhook had been called: one successful run. */
  run(workflowId: string): RemoteExecutionDetail {
    const at = this.now();
    const workflow = this.workflows.get(workflowId);
    const execution: RemoteExecutionDetail = {
      id: String(this.executions.length + 1),
      workflowId,
      status: 'success',
      mode: 'webhook',
      startedAt: at,
      stoppedAt: at,
      waitTill: null,
      retryOf: null,
      retrySuccessId: null,
      workflowName: workflow?.document.name ?? null,
      workflowVersionId: workflow?.published?.versionId ?? null,
      error: null,
      data: {},
    };
    this.executions.unshift(execution);
    return execution;
  }

  now(): string {
    this.clock += 1_000;
    return new Date(this.clock).toISOString();
  }
}
