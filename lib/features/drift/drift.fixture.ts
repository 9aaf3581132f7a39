import { adoptEnvironment } from '@/lib/features/history/snapshots/approved-operations';
import { newEnvironment, work } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance, sampleDocument } from '@/lib/features/inventory/instance.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import { as, openHouse, type TestTenant } from '@/lib/testing/house';
import { checkDrift } from './drift-detection/operations';

/** A house whose environments are all the one instance of the moment, which a test may replace. */
export function openDriftHouse() {
  const place = { instance: new ScriptedInstance() };
  const kind = { ...place.instance.kind, connect: () => place.instance.provider };
  const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
  return { kernel, place };
}

/** One environment of one tenant, as tests of drift use it. */
export class Watched {
  constructor(
    readonly kernel: Kernel,
    readonly tenant: TestTenant,
    readonly id: string,
  ) {}

  /** Connects the environment; what stands on its instance becomes what is approved. */
  static async adopt(kernel: Kernel, tenant: TestTenant, tier = 'production'): Promise<Watched> {
    const watched = new Watched(kernel, tenant, await newEnvironment(kernel, tenant, `eu-${tier}`, tier));
    await watched.adopt();
    return watched;
  }

  async adopt() {
    const { jobId } = await (await as(this.kernel, this.tenant, 'admin'))(adoptEnvironment, { id: this.id });
    return this.done(jobId);
  }

  /** Checks, and answers what the check came to. */
  async check() {
    const { jobId } = await (await as(this.kernel, this.tenant, 'developer'))(checkDrift, { id: this.id });
    return work(this.kernel, this.tenant, jobId);
  }

  /** What a job came to, whether well or not. */
  outcome = (jobId: string) => work(this.kernel, this.tenant, jobId);

  async done(jobId: string) {
    const job = await this.outcome(jobId);
    if (job.status !== 'completed') throw new Error(`The job ${job.status}: ${JSON.stringify(job.error)}`);
    return job;
  }

  read<T>(work: (db: TenantDb) => Promise<T>): Promise<T> {
    return this.kernel.database.asTenant(this.tenant.id, (db) => work(db as TenantDb));
  }

  environment = () => this.read((db) => db.environment.findUniqueOrThrow({ where: { id: this.id } }));
}

/** The document with its request going elsewhere: an edit that matters. */
export function edited(name: string, url = 'https://elsewhere.example.com'): WorkflowDocument {
  const document = sampleDocument(name);
  return {
    ...document,
    nodes: document.nodes.map((node) => (node.name === 'Ask' ? { ...node, parameters: { url } } : node)),
  };
}

/** The document as somebody left it who only tidied up. */
export function tidied(name: string): WorkflowDocument {
  const document = sampleDocument(name);
  const note = { id: 'n9', name: 'Note', type: 'n8n-nodes-base.stickyNote', typeVersion: 1, position: [9, 9] };
  return {
    ...document,
    nodes: [
      ...document.nodes.map((node) => ({ ...node, position: [640, 480], notes: 'Tidied' })),
      { ...note, parameters: { content: 'Tidied' } },
    ],
    pinData: { Receive: [{ json: { id: 1 } }] },
  };
}

/** As n8n does on a PUT to an active workflow: what stands in the draft is live. */
export function goLive(instance: ScriptedInstance, id: string) {
  const { document, versionId } = instance.workflows.get(id)!;
  const { nodes, connections } = structuredClone(document);
  const published = { nodes, connections, versionId, name: null, publishedAt: null };
  return instance.save({ ...instance.workflows.get(id)!, published, updatedAt: instance.now() });
}

/** A workflow that runs, as if somebody had made it in n8n. */
export const live = (instance: ScriptedInstance, name: string) => goLive(instance, instance.add(name).id);

/** An edit behind our back that is live at once. */
export function hotfix(instance: ScriptedInstance, id: string, url?: string) {
  instance.edit(id, edited(instance.workflows.get(id)!.document.name, url));
  return goLive(instance, id);
}
