import { randomUUID } from 'node:crypto';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import type { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import { tenantTransaction } from '@/lib/kernel/tenant-transaction';
import type { RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { ProviderKind, WorkflowProvider } from '@/lib/ports/workflow-provider';
import { as, type TestTenant } from '@/lib/testing/house';
import { buildPlan } from '../change-plans/build-plan';
import { placeholderOf } from '../change-plans/placeholder';
import type { PlannedWorkflow } from '../change-plans/plan';
import { callingDocument, modern } from '../change-plans/planned-workflow.fixture';
import { savePlan } from '../change-plans/service';
import { targetOf } from '../change-plans/target';
import { executeRun } from './execute-run';
import { JOURNAL_OPTIONS, type JournalOptions } from './options';
import { openRun } from './service';

/** Short enough to wait for, long enough for a slow machine to renew. */
export const QUICK: JournalOptions = {
  ...JOURNAL_OPTIONS,
  leaseMs: 4_000,
  waitMs: 10_000,
  retryMs: [0, 0],
  probeMs: 300,
};

/** A context as a worker gives it to a job. */
export function workerContext(kernel: Kernel, tenantId: string, signal = new AbortController().signal) {
  const jobId = randomUUID();
  const author = { actor: { type: 'system' as const, id: null, label: 'test' }, requestId: jobId };
  const scope = { database: kernel.database, tenantId, author };
  return {
    ...{ jobId, signal, ports: kernel.ports },
    tx: <T>(work: Parameters<typeof tenantTransaction<T>>[1]) => tenantTransaction(scope, work),
  };
}

export async function connectEnvironment(
  kernel: Kernel,
  tenant: TestTenant,
  { baseUrl, apiKey }: { baseUrl: string; apiKey: string },
): Promise<string> {
  const admin = await as(kernel, tenant, 'admin');
  const connection = { baseUrl, apiKey };
  const name = `Target ${randomUUID().slice(0, 8)}`;
  return (await admin(createEnvironment, { name, class: 'production', ...connection })).id;
}

/** A kind of provider that knows these scripted instances. */
export const kindOf = (...instances: ScriptedInstance[]): ProviderKind => ({
  ...instances[0]!.kind,
  connect: ({ baseUrl }) => instances.find((one) => baseUrl.startsWith(one.baseUrl))!.provider,
});

/** The instance of a suite: an environment, and what the product would read of it. */
export type Place = { kernel: Kernel; tenantId: string; environmentId: string; provider: WorkflowProvider };

/** Saves a plan for these workflows and opens its run. */
export async function prepareRun(place: Place, workflows: readonly PlannedWorkflow[]): Promise<string> {
  const probed = await place.provider.probe();
  if (!probed.ok) throw new Error(probed.problem.detail);
  const { writes, capabilities } = probed.report;
  const tags = (await place.provider.listTags()).map(({ name }) => name);
  const environment = { ...modern, id: place.environmentId, writes, capabilities, tags };
  const plan = buildPlan({ kind: 'promotion', environment, workflows });
  return workerContext(place.kernel, place.tenantId).tx(async (db) =>
    openRun(db, { planId: await savePlan(db, plan) }),
  );
}

export const runIn = (place: Place, runId: string, options: Partial<JournalOptions> = {}) =>
  executeRun(workerContext(place.kernel, place.tenantId), runId, { ...QUICK, ...options });

/** What a workflow that is there is to become. */
export const changing = (remote: RemoteWorkflow, document: WorkflowDocument, active: boolean): PlannedWorkflow => ({
  ...{ key: `n8n:${remote.id}`, lineageId: null, name: document.name, n8nId: remote.id },
  expected: targetOf(remote),
  desired: { document, active, tags: remote.tags.map(({ name }) => name) },
});

export const making = (key: string, document: WorkflowDocument, active: boolean): PlannedWorkflow => ({
  ...{ key, lineageId: null, name: document.name, n8nId: null, expected: null },
  desired: { document, active, tags: [] },
});

export const going = (remote: RemoteWorkflow): PlannedWorkflow => ({
  ...{ key: `n8n:${remote.id}`, lineageId: null, name: remote.document.name, n8nId: remote.id },
  ...{ expected: targetOf(remote), desired: null },
});

export type Scene = {
  /** Published, called by the parent, and changed. */
  child: RemoteWorkflow;
  /** Published, changed, and from now on it calls the new one too. */
  parent: RemoteWorkflow;
  /** Not published; it is to be. */
  idle: RemoteWorkflow;
  /** It is to go. */
  old: RemoteWorkflow;
  workflows: PlannedWorkflow[];
};

/** Every kind of step in one plan: made, changed, published, archived; callers before callees in the list. */
export async function setScene(provider: WorkflowProvider, prefix: string): Promise<Scene> {
  const name = (text: string) => `${prefix} ${text}`;
  const create = async (text: string, ids: string[] = [], publish = true) => {
    const { workflow } = await provider.createWorkflow(callingDocument(name(text), ids));
    return publish ? (await provider.publishWorkflow(workflow.id)).workflow : workflow;
  };
  const child = await create('child');
  const parent = await create('parent', [child.id]);
  const [idle, old] = [await create('idle', [], false), await create('old')];
  const made = `made-${prefix}`;
  const workflows = [
    going(old),
    changing(parent, callingDocument(name('parent'), [child.id, placeholderOf(made)], 'two'), true),
    changing(idle, callingDocument(name('idle'), [], 'two'), true),
    making(made, callingDocument(name('made'), [child.id]), true),
    changing(child, callingDocument(name('child'), [], 'two'), true),
  ];
  return { child, parent, idle, old, workflows };
}

/** The same, but for a parent that no instance publishes: it ends with everything taken back. */
export async function refusingScene(provider: WorkflowProvider, prefix: string): Promise<Scene> {
  const scene = await setScene(provider, prefix);
  const { document } = scene.workflows.find(({ n8nId }) => n8nId === scene.parent.id)!.desired!;
  const broken = { ...document, nodes: document.nodes.filter(({ name }) => name !== 'Receive'), connections: {} };
  const workflows = scene.workflows.map((one) =>
    one.n8nId === scene.parent.id ? changing(scene.parent, broken, true) : one,
  );
  return { ...scene, workflows };
}
