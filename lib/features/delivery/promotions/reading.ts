import { upstream } from '@/lib/core/errors';
import type { StoreContext } from '@/lib/features/change/approved-state/store-context';
import type { Connected } from '@/lib/features/connections/environments/service';
import { recordConnection } from '@/lib/features/connections/environments/service';
import {
  absentCredentials,
  markCredentialsMissing,
  saveCredentials,
} from '@/lib/features/inventory/credentials/service';
import { markMissing, saveWorkflows } from '@/lib/features/inventory/workflows/cache';
import { observe, readRemote } from '@/lib/features/inventory/workflows/observe';
import type { ProbeReport } from '@/lib/ports/provider-probe';
import type { RemoteCredential, RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { Workflow } from '@/lib/workflow/model';

/** What planning reads with: an operation's context or a job's. */
export type ReadingContext = Pick<StoreContext, 'tx' | 'ports' | 'signal'>;

/** So many workflows of one instance are asked for at once. */
const CONCURRENT_READS = 6;

/** One side of a promotion, read from the instance itself; the inventory learns what was read. */
export class LiveSide {
  private readonly remotes = new Map<string, RemoteWorkflow | null>();
  private readonly workflows = new Map<string, Workflow | null>();

  constructor(
    private readonly ctx: ReadingContext,
    readonly connected: Connected,
  ) {}

  get environment() {
    return this.connected.environment;
  }

  hasRead(n8nId: string): boolean {
    return this.remotes.has(n8nId);
  }

  /** Null: the instance itself says that there is none. */
  remote(n8nId: string): RemoteWorkflow | null {
    return this.remotes.get(n8nId) ?? null;
  }

  /** Null: there is none, or none that can be read. */
  workflow(n8nId: string): Workflow | null {
    if (!this.workflows.has(n8nId)) {
      const remote = this.remote(n8nId);
      this.workflows.set(n8nId, remote && readRemote(remote).workflow);
    }
    return this.workflows.get(n8nId) ?? null;
  }

  /** Reads those that have not been read. Throws a `ProviderError` when the instance cannot tell. */
  async read(n8nIds: readonly string[]): Promise<void> {
    const asOf = new Date();
    const wanted = [...new Set(n8nIds)].filter((id) => !this.remotes.has(id));
    if (wanted.length === 0) return;
    const queue = [...wanted];
    const reader = async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
        this.remotes.set(id, await this.connected.provider.getWorkflow(id, { signal: this.ctx.signal }));
      }
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENT_READS, wanted.length) }, reader));
    const there = wanted.flatMap((id) => this.remotes.get(id) ?? []);
    const gone = wanted.filter((id) => !this.remotes.get(id));
    await this.ctx.tx(async (db) => {
      const environmentId = this.environment.id;
      await saveWorkflows(db, environmentId, there.map(observe), asOf);
      const rows = await db.workflow.findMany({ where: { environmentId, n8nId: { in: gone } }, select: { id: true } });
      await markMissing(
        db,
        rows.map(({ id }) => id),
      );
    });
  }

  /** What the instance can do, how it behaves, what credentials and tags it has, as of now. */
  async survey(): Promise<{ report: ProbeReport; tags: string[] }> {
    const { provider, environment } = this.connected;
    const call = { signal: this.ctx.signal };
    const [probe, credentials, tags] = await Promise.all([
      provider.probe(call),
      provider.listCredentials(call),
      provider.listTags(call),
    ]);
    if (!probe.ok) {
      const { failure, detail } = probe.problem;
      throw upstream(`${environment.name}: ${detail}`, { code: failure });
    }
    await this.ctx.tx((db) => recordConnection(db, environment.id, { ok: true, report: probe.report }));
    if (credentials.supported) await this.takeCredentials(credentials.items);
    return { report: probe.report, tags: tags.map(({ name }) => name) };
  }

  /** As a refresh does: what a list lacks is gone when a second one lacks it too. */
  private async takeCredentials(listed: readonly RemoteCredential[]): Promise<void> {
    const { provider, environment } = this.connected;
    const absent = await this.ctx.tx(async (db) => {
      await saveCredentials(db, environment.id, listed);
      return absentCredentials(
        db,
        environment.id,
        listed.map(({ id }) => id),
      );
    });
    if (absent.length === 0) return;
    const again = await provider.listCredentials({ signal: this.ctx.signal });
    const still = new Set(again.supported ? again.items.map(({ id }) => id) : absent);
    const gone = absent.filter((id) => !still.has(id));
    await this.ctx.tx((db) => markCredentialsMissing(db, environment.id, gone));
  }
}
