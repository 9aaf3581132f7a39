import { linkedWorkflows } from '@/lib/features/change/lineages/service';
import type { Connected } from '@/lib/features/connections/environments/service';
import { readInstance } from '@/lib/features/inventory/sync/instance-reading';
import type { TenantContext } from '@/lib/kernel/context';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { SnapshotEntry } from '../snapshots/model';

/** Up to so many workflows are asked for one by one; more are read as a list. */
const ONE_BY_ONE = 20;

/** What stands on the instance now, by n8n's id. */
export type Current = {
  remotes: ReadonlyMap<string, RemoteWorkflow>;
  /** n8n's id of the workflow that a lineage is there. */
  byLineage: ReadonlyMap<string, string>;
  lineageOf: ReadonlyMap<string, string>;
  /** When we first saw what nobody ignores, by n8n's id. */
  firstSeen: ReadonlyMap<string, Date>;
};

/** The workflows of these entries as they are now, or, when `whole`, all there are. */
export async function readCurrent(
  ctx: TenantContext,
  { environment, provider }: Connected,
  entries: readonly SnapshotEntry[],
  whole: boolean,
): Promise<Current> {
  const environmentId = environment.id;
  const linked = await ctx.tx((db) => linkedWorkflows(db, { environmentId }));
  const present = linked.filter(({ presence }) => presence === 'present');
  const byLineage = new Map(present.map(({ lineageId, n8nId }) => [lineageId, n8nId]));
  const lineageOf = new Map(linked.map(({ lineageId, n8nId }) => [n8nId, lineageId]));
  const remotes = new Map<string, RemoteWorkflow>();
  const ids = entries.flatMap(({ n8nId, lineageId }) => [n8nId, lineageId && byLineage.get(lineageId)]);
  const asked = new Set(ids.filter((one) => typeof one === 'string'));
  if (whole || entries.length > ONE_BY_ONE) {
    const reading = { tx: ctx.tx, signal: ctx.signal, environmentId, provider };
    for await (const remote of readInstance(reading, ({ id }) => asked.has(id))) remotes.set(remote.id, remote);
  } else {
    for (const id of asked) {
      const remote = await provider.getWorkflow(id, { signal: ctx.signal });
      if (remote) remotes.set(id, remote);
    }
  }
  const select = { n8nId: true, createdAt: true, link: { select: { status: true } } } as const;
  // Reading made rows for what is new.
  const rows = whole ? await ctx.tx((db) => db.workflow.findMany({ where: { environmentId }, select })) : [];
  const heeded = rows.filter(({ link }) => link?.status !== 'ignored');
  const firstSeen = new Map(heeded.map(({ n8nId, createdAt }) => [n8nId, createdAt]));
  return { remotes, byLineage, lineageOf, firstSeen };
}
