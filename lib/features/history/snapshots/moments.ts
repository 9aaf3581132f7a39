import { readManifestAt, readWorkflowsAt } from '@/lib/features/change/approved-state/reading';
import { refreshApprovedIndex } from '@/lib/features/change/approved-state/service';
import { toEntry } from '@/lib/features/change/approved-state/store';
import { storeContext } from '@/lib/features/change/approved-state/store-context';
import { linkedWorkflows } from '@/lib/features/change/lineages/service';
import { getEnvironmentRow, toRef } from '@/lib/features/connections/environments/store';
import { toWorkflowJson } from '@/lib/features/inventory/workflows/observe';
import type { TenantContext } from '@/lib/kernel/context';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Workflow } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { type EntriesByFile, type SnapshotEntry, type SnapshotKind, versionFor } from './model';
import type { SnapshotComparison } from './schema';
import { getSnapshotRow } from './store';

/** What an environment held at a moment; bodies are read when they are asked for. Keys are file names, or our ids. */
export type OpenMoment = {
  face: SnapshotComparison['from'];
  entries: EntriesByFile;
  /** Whether the keys are names of files in a commit. */
  hasFiles: boolean;
  read(keys: readonly string[]): Promise<ReadonlyMap<string, Workflow | null>>;
};

type Named = { moment: string; id: string; path: string };

/** Throws `not_found` for a snapshot or an environment that is not there. `path`: the field that named it. */
export async function openMoment(ctx: TenantContext, moment: string, path: 'from' | 'to'): Promise<OpenMoment> {
  const [word, id] = moment.includes(':') ? (moment.split(':') as [string, string]) : ['snapshot', moment];
  const named = { moment, id, path };
  if (word === 'approved') return openApproved(ctx, named);
  return word === 'now' ? openNow(ctx, named) : openSnapshotMoment(ctx, named);
}

async function openSnapshotMoment(ctx: TenantContext, { moment, id, path }: Named): Promise<OpenMoment> {
  const store = storeContext(ctx);
  const { environment, kind, commitSha, createdAt } = await ctx.tx((db) => getSnapshotRow(db, id, path));
  const manifest = await readManifestAt(store, environment.slug, commitSha);
  const entries = new Map(Object.entries(manifest?.workflows ?? {}));
  return {
    face: {
      moment,
      environment: toRef(environment),
      kind: kind as SnapshotKind,
      commitSha,
      at: createdAt.toISOString(),
      workflowCount: entries.size,
    },
    entries,
    hasFiles: true,
    read: (files) => readWorkflowsAt(store, environment.slug, commitSha, files),
  };
}

async function openApproved(ctx: TenantContext, { moment, id: environmentId, path }: Named): Promise<OpenMoment> {
  const store = storeContext(ctx);
  const environment = await ctx.tx((db) => getEnvironmentRow(db, environmentId, path));
  const index = await refreshApprovedIndex(store, environmentId);
  const entries = new Map(index?.entries.map((entry) => [entry.file, toEntry(entry)]));
  return {
    face: {
      moment,
      environment: toRef(environment),
      kind: null,
      commitSha: index?.commitSha ?? null,
      at: index?.approvedAt.toISOString() ?? null,
      workflowCount: entries.size,
    },
    entries,
    hasFiles: true,
    read: async (files) => (index ? readWorkflowsAt(store, environment.slug, index.headSha, files) : new Map()),
  };
}

/** From the inventory, as last seen. */
async function openNow(ctx: TenantContext, { moment, id: environmentId, path }: Named): Promise<OpenMoment> {
  const { environment, rows, lineages } = await ctx.tx(async (db) => {
    const linked = await linkedWorkflows(db, { environmentId });
    return {
      environment: await getEnvironmentRow(db, environmentId, path),
      rows: await db.workflow.findMany({ where: { environmentId, presence: 'present' } }),
      lineages: new Map(linked.map(({ workflowId, lineageId }) => [workflowId, lineageId])),
    };
  });
  const inDev = environment.class === 'dev';
  const entries = rows.map(({ id, n8nId, name, active, archived, tags, ...row }): [string, SnapshotEntry] => {
    const logic = inDev ? row.logicDigest : (row.publishedDigest ?? row.logicDigest);
    // Webhook ids and test data are in no column: what is not known is not compared.
    const digests = { logic, layout: row.layoutDigest, settings: row.settingsDigest, state: null, testData: null };
    return [id, { lineageId: lineages.get(id) ?? null, n8nId, name, active, archived, tags, digests }];
  });
  const at = environment.syncedAt?.toISOString() ?? null;
  return {
    face: { moment, environment: toRef(environment), kind: null, commitSha: null, at, workflowCount: rows.length },
    entries: new Map(entries),
    hasFiles: false,
    read: (ids) => ctx.tx((db) => readCached(db, environment.class, ids)),
  };
}

async function readCached(db: TenantDb, tier: 'dev' | 'staging' | 'production', ids: readonly string[]) {
  const rows = await db.workflow.findMany({ where: { id: { in: [...ids] } }, include: { body: true } });
  const read = rows.map(({ id, body, ...row }): [string, Workflow | null] => {
    const { n8nId, active, archived, tags, n8nVersionId: versionId } = row;
    const state = { id: n8nId, active, archived, tags, versionId };
    const { workflow } = readWorkflow(toWorkflowJson(body?.draft as object, state, body?.published as object | null));
    return [id, workflow && versionFor(tier, workflow)];
  });
  return new Map(read);
}
