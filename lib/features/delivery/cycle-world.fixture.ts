import { randomUUID } from 'node:crypto';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { work } from '@/lib/features/inventory/environment.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import type { WorkflowDocument, WorkflowGraph } from '@/lib/ports/remote-workflow';
import type { ProviderConnection, ProviderKind, WorkflowProvider } from '@/lib/ports/workflow-provider';
import { as, newTenant, type TestTenant } from '@/lib/testing/house';
import { type Copy, NAMES, type Name } from './cycle-model.fixture';
import { idOf, refreshAll } from './delivery.fixture';
import { createPipeline } from './pipelines/operations';

/** What somebody does in the editor of the target, behind the product's back. */
export const HAND_EDITS = ['text', 'draft', 'off', 'on', 'archive', 'delete', 'move'] as const;
export type HandEditKind = (typeof HAND_EDITS)[number];

type End = { id: string; provider: WorkflowProvider };
type Ends = { calls: ProductCalls; dev: ProviderConnection; production: ProviderConnection };
const EXECUTE = 'n8n-nodes-base.executeWorkflow';

/** Every call that the product makes, so that something can happen at one of them. */
export class ProductCalls {
  private listener: () => void = () => {};
  readonly kind: ProviderKind;

  constructor(readonly bare: ProviderKind) {
    this.kind = { ...bare, connect: (connection) => this.heard(bare.connect(connection)) };
  }

  /** Does this at the nth call from now on, once; the answer ends it. */
  at(nth: number, act: () => void): () => void {
    let left = nth;
    this.listener = () => {
      left -= 1;
      if (left === 0) act();
    };
    return () => {
      this.listener = () => {};
    };
  }

  private heard(provider: WorkflowProvider): WorkflowProvider {
    const calls = Object.entries(provider).map(([name, call]) => [
      name,
      (...args: unknown[]) => {
        this.listener();
        return (call as (...args: unknown[]) => unknown).apply(provider, args);
      },
    ]);
    return Object.fromEntries(calls);
  }
}

/**
 * A tenant with three workflows in dev (`Parent` calls `Child`, `Solo` stands alone) and a stage to production, each
 * workflow with a text of its own by which its versions are told apart.
 */
export class CycleWorld {
  /** Of this world alone, since real instances are shared. */
  private readonly mark = randomUUID().slice(0, 8);
  readonly inDev = {} as Record<Name, { n8nId: string; workflowId: string }>;
  dev!: End;
  production!: End;
  route!: { pipelineId: string; stageId: string };
  tenant!: TestTenant;
  private versions = 0;

  private constructor(
    readonly kernel: Kernel,
    readonly calls: ProductCalls,
  ) {}

  static async open(kernel: Kernel, { calls, ...ends }: Ends): Promise<CycleWorld> {
    const world = new CycleWorld(kernel, calls);
    world.tenant = await newTenant(kernel);
    const admin = await world.as('admin');
    const connect = async (tier: 'dev' | 'production') => {
      const { baseUrl, apiKey } = ends[tier];
      const { id } = await admin(createEnvironment, { name: tier, class: tier, baseUrl, apiKey });
      return { id, provider: calls.bare.connect({ baseUrl, apiKey }) };
    };
    world.dev = await connect('dev');
    world.production = await connect('production');
    const hop = { sourceEnvironmentId: world.dev.id, targetEnvironmentId: world.production.id, requireApproval: true };
    const { id, stages } = await admin(createPipeline, { name: 'Release', stages: [hop] });
    world.route = { pipelineId: id, stageId: stages[0]!.id };
    await world.furnish();
    return world;
  }

  private async furnish(): Promise<void> {
    for (const name of ['Child', 'Parent', 'Solo'] as const) {
      const document = this.document(name, `${name} 0`, name === 'Parent' ? this.inDev.Child.n8nId : undefined);
      const { workflow } = await this.dev.provider.createWorkflow(document);
      await this.dev.provider.publishWorkflow(workflow.id);
      this.inDev[name] = { n8nId: workflow.id, workflowId: '' };
    }
    await refreshAll(this.kernel, this.tenant, this.dev as never);
    for (const name of NAMES) {
      this.inDev[name].workflowId = await idOf(this.kernel, this.tenant, this.dev as never, this.inDev[name].n8nId);
    }
  }

  as = (role: 'admin' | 'developer' | 'viewer') => as(this.kernel, this.tenant, role);
  title = (name: Name) => `${name} ${this.mark}`;
  nameOf = (title: string) => title.slice(0, -this.mark.length - 1) as Name;
  newText = (name: Name) => `${name} ${++this.versions}`;

  /** Works a job off, delivered as often as it is handed back; `stopped` tells a worker to stop in the middle. */
  async work(jobId: string, stopped = new AbortController().signal) {
    await work(this.kernel, this.tenant, jobId, stopped);
    return work(this.kernel, this.tenant, jobId);
  }

  async editSource(name: Name, text: string): Promise<void> {
    const { n8nId } = this.inDev[name];
    const document = this.document(name, text, name === 'Parent' ? this.inDev.Child.n8nId : undefined);
    await this.dev.provider.updateWorkflow(n8nId, document);
  }

  async editByHand(copy: Copy, name: Name, kind: HandEditKind): Promise<void> {
    const { provider } = this.production;
    const { document } = (await provider.getWorkflow(copy.id))!;
    const save = (nodes: WorkflowDocument['nodes'], published: 'keep' | 'follow') =>
      provider.updateWorkflow(copy.id, { ...document, nodes }, { published });
    const worded = document.nodes.map((node) =>
      node.name === 'Mark' ? { ...node, parameters: marking(`by hand ${this.newText(name)}`) } : node,
    );
    const moved = document.nodes.map((node) => ({ ...node, position: [640 + ++this.versions, 480] }));
    if (kind === 'text') await save(worded, 'follow');
    if (kind === 'draft') await save(worded, 'keep');
    if (kind === 'move') await save(moved, copy.runs !== null && copy.runs !== copy.doc ? 'keep' : 'follow');
    if (kind === 'off') await provider.unpublishWorkflow(copy.id);
    if (kind === 'on') await provider.publishWorkflow(copy.id);
    if (kind === 'archive') await provider.archiveWorkflow(copy.id);
    if (kind === 'delete') await provider.deleteWorkflow(copy.id);
  }

  /** What stands in production under these names; two of one name are never meant. */
  async inProduction(): Promise<Map<Name, Copy>> {
    const found = new Map<Name, Copy>();
    for await (const { items } of this.production.provider.listWorkflows()) {
      for (const { id, document, published, archived } of items) {
        if (!document.name.endsWith(this.mark)) continue;
        const name = this.nameOf(document.name);
        const twin = found.get(name);
        if (twin && !twin.archived && !archived) throw new Error(`Production has ${name} twice.`);
        if (twin && archived) continue;
        found.set(name, { id, doc: wordsOf(document), runs: published && wordsOf(published), archived });
      }
    }
    return found;
  }

  async close(): Promise<void> {
    for (const { provider } of [this.dev, this.production]) {
      for await (const { items } of provider.listWorkflows()) {
        const own = items.filter(({ document }) => document.name.endsWith(this.mark));
        for (const { id } of own) await provider.deleteWorkflow(id);
      }
    }
  }

  private document(name: Name, text: string, calls?: string): WorkflowDocument {
    const at = (x: number, typeVersion: number) => ({ position: [x, 0], typeVersion });
    const path = `${name.toLowerCase()}-${this.mark}`;
    const called = { ...at(0, 1.1), name: 'When called', type: `${EXECUTE}Trigger` };
    const call = { ...at(400, 1.2), name: 'Call', type: EXECUTE };
    return {
      name: this.title(name),
      nodes: [
        {
          ...{ ...at(0, 2), name: 'Receive', type: 'n8n-nodes-base.webhook', webhookId: path },
          parameters: { path, httpMethod: 'GET', options: {} },
        },
        { ...at(200, 3.4), name: 'Mark', type: 'n8n-nodes-base.set', parameters: marking(text) },
        ...(name === 'Child' ? [{ ...called, parameters: { inputSource: 'passthrough' } }] : []),
        ...(calls
          ? [{ ...call, parameters: { workflowId: { __rl: true, mode: 'id', value: calls }, options: {} } }]
          : []),
      ],
      connections: {
        Receive: { main: [[{ node: 'Mark', type: 'main', index: 0 }]] },
        ...(calls ? { Mark: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } } : {}),
      },
      settings: { executionOrder: 'v1' },
    };
  }
}

const marking = (value: string) => ({
  assignments: { assignments: [{ id: 'a1', name: 'mark', type: 'string', value }] },
  options: {},
});

/** A version's text, and the id of what it calls. */
function wordsOf({ nodes }: WorkflowGraph): string {
  const parameters = (name: string) => nodes.find((node) => node.name === name)?.parameters as never;
  const { value } = (parameters('Mark') as ReturnType<typeof marking>).assignments.assignments[0]!;
  const call = parameters('Call') as { workflowId: { value: string } } | undefined;
  return call ? `${value} → ${call.workflowId.value}` : value;
}
