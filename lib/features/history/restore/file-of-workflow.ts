import { notFound } from '@/lib/core/errors';
import type { TenantContext } from '@/lib/kernel/context';
import { openSnapshot } from '../snapshots/detail';

/** What a workflow of ours is called in a snapshot of its environment: by its lineage, or by its id on the instance. */
export async function fileOfWorkflow(ctx: TenantContext, snapshotId: string, workflowId: string): Promise<string> {
  const workflow = await ctx.tx((db) =>
    db.workflow.findUnique({ where: { id: workflowId }, include: { link: { select: { lineageId: true } } } }),
  );
  if (!workflow) throw notFound('workflow', 'workflowId');
  const { row, entries } = await openSnapshot(ctx, snapshotId, 'snapshotId');
  const lineageId = workflow.link?.lineageId;
  const own = [...entries].find(([, { n8nId }]) => n8nId === workflow.n8nId);
  const kin = [...entries].find(([, entry]) => lineageId && entry.lineageId === lineageId);
  const file = (own ?? kin)?.[0];
  if (!file || row.environmentId !== workflow.environmentId) {
    throw notFound('version of this workflow in the snapshot', 'snapshotId');
  }
  return file;
}
