import { approveWorkflows, type StoreContext } from '@/lib/features/change/approved-state/service';
import type { RunOutcome } from '@/lib/features/change/journal/outcome';
import { linkedWorkflows } from '@/lib/features/change/lineages/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { readRemote } from '@/lib/features/inventory/workflows/observe';
import type { Trailers } from '@/lib/ports/commit-message';
import { type SnapshotKind, versionFor } from './model';
import { recordSnapshot } from './service';

type Cause = {
  environmentId: string;
  kind: SnapshotKind;
  deploymentId?: string;
  /** By the number of workflows that stand. */
  message: (count: number) => string;
  trailers?: Omit<Trailers, 'actor'>;
};

/**
 * What an environment runs after a run is what it should run from now on: one commit, noted as a moment of its history.
 * What went to the archive is approved no more; what belongs to no lineage is left as it is. Links of now are what people
 * decided; one that was unlinked meanwhile is approved as what it was written as, unless another holds that place. What
 * somebody ignores is approved only where git holds it already, which would else be stale.
 */
export async function approveRun(ctx: StoreContext, cause: Cause, { workflows }: RunOutcome) {
  const { environmentId, kind, deploymentId, message, trailers } = cause;
  const planned = workflows.flatMap(({ key }) => (key.startsWith('n8n:') ? [] : key));
  const { environment, linked, ignored, held, lineages } = await ctx.tx(async (db) => ({
    environment: await getEnvironmentRow(db, environmentId),
    linked: await linkedWorkflows(db, { environmentId }),
    ignored: await db.workflowLink.findMany({
      where: { environmentId, status: 'ignored' },
      select: { workflow: { select: { n8nId: true } } },
    }),
    held: await db.approvedWorkflow.findMany({ where: { environmentId }, select: { n8nId: true } }),
    lineages: await db.lineage.findMany({ where: { id: { in: planned } }, select: { id: true, slug: true } }),
  }));
  const byN8nId = new Map(linked.map((one) => [one.n8nId, { id: one.lineageId, slug: one.lineageSlug }]));
  const isHeld = new Set(held.map(({ n8nId }) => n8nId));
  const isLeft = new Set(ignored.flatMap(({ workflow: { n8nId } }) => (isHeld.has(n8nId) ? [] : n8nId)));
  const taken = new Set(linked.map(({ lineageId }) => lineageId));
  const stands = workflows.flatMap(({ key, remote }) => {
    if (!remote || isLeft.has(remote.id)) return [];
    const lineage = byN8nId.get(remote.id) ?? lineages.find(({ id }) => id === key && !taken.has(id));
    return lineage ? [{ remote, lineage }] : [];
  });
  const { sha } = await approveWorkflows(ctx, {
    ...{ environmentId, scope: 'these', message: message(stands.length), trailers },
    workflows: stands.flatMap(({ remote, lineage }) => {
      const workflow = remote.archived ? null : readRemote(remote).workflow;
      return workflow ? [{ lineage, n8nId: remote.id, workflow: versionFor(environment.class, workflow) }] : [];
    }),
    removed: stands.flatMap(({ remote, lineage }) => (remote.archived ? [lineage.id] : [])),
    archived: workflows.flatMap(({ remote }) => (remote?.archived ? [remote.id] : [])),
  });
  const { id: snapshotId } = await recordSnapshot(ctx, { environmentId, kind, commitSha: sha, deploymentId });
  return { sha, snapshotId };
}
