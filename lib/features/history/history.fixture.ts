import { randomUUID } from 'node:crypto';
import type { StoreContext } from '@/lib/features/change/approved-state/service';
import { work } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance, sampleDocument } from '@/lib/features/inventory/instance.fixture';
import type { AnyOperation } from '@/lib/kernel/operation';
import { type TenantDb, tenantTransaction } from '@/lib/kernel/tenant-transaction';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import { as, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { getSnapshot, takeSnapshot } from './snapshots/operations';
import type { SnapshotDetail } from './snapshots/schema';

/** A house whose registry connects to the instance of the test that runs. */
export class HistoryHouse {
  instance = new ScriptedInstance();
  tenant!: TestTenant;
  private readonly registry = new Map([['n8n', { ...this.instance.kind, connect: () => this.instance.provider }]]);
  readonly kernel = openHouse({ ports: { providers: this.registry } });

  /** A tenant and an instance of the test's own. */
  async begin(): Promise<void> {
    this.instance = new ScriptedInstance();
    this.tenant = await newTenant(this.kernel);
  }

  as = (role: 'viewer' | 'developer' | 'admin') => as(this.kernel, this.tenant, role);
  store = () => this.kernel.ports.approvedStore.forTenant(this.tenant.id);
  inTenant = <T>(run: (db: TenantDb) => Promise<T>) =>
    this.kernel.database.asTenant(this.tenant.id, (db) => run(db as TenantDb));
  work = (jobId: string) => work(this.kernel, this.tenant, jobId);

  /** Asks as an admin for what is done by a job, and answers what became of it. */
  async request(operation: AnyOperation, input: object) {
    const { jobId } = await (await this.as('admin'))(operation, input);
    return this.work(jobId);
  }

  async take(environmentId: string): Promise<SnapshotDetail> {
    const job = await this.request(takeSnapshot, { environmentId });
    return (await this.as('admin'))(getSnapshot, { id: (job.result as { id: string }).id });
  }

  /** What a job of the developer has in hand. */
  context(who: TestTenant = this.tenant): StoreContext {
    const { database, ports } = this.kernel;
    const actor = { type: 'user', id: who.people.developer.id, label: 'Developer' } as const;
    const author = { actor, requestId: randomUUID() };
    return {
      tenantId: who.id,
      actor,
      ports,
      signal: new AbortController().signal,
      tx: (run, options) => tenantTransaction({ database, tenantId: who.id, author }, run, options),
    };
  }

  /** As if somebody had pushed; null takes a file away. */
  async push(changes: [path: string, text: string | null][]): Promise<void> {
    const bytes = changes.map(([path, text]) => [path, text === null ? null : Buffer.from(text)] as const);
    await this.store().commit({
      expectedHead: await this.store().head(),
      changes: new Map(bytes),
      author: { name: 'Pusher', email: 'p@example.test' },
      message: 'By hand',
      trailers: { actor: '' },
    });
  }
}

/** The sample with another behaviour. */
export const retimed = (name: string): WorkflowDocument => ({
  ...sampleDocument(name),
  settings: { executionOrder: 'v1', timezone: 'UTC' },
});

/** The sample with a secret written out in its second node. */
export function leaky(name: string): WorkflowDocument {
  const document = sampleDocument(name);
  document.nodes[1]!.parameters = { url: 'https://x.example', apiKey: 'sk-live-51H8abcdefghijklmnopqrstuv' };
  return document;
}
