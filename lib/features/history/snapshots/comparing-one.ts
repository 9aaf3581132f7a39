import { notFound } from '@/lib/core/errors';
import type { TenantContext } from '@/lib/kernel/context';
import { toJson } from './detail';
import { nameOf, pairEntries, type SnapshotEntry } from './model';
import { type OpenMoment, openMoment } from './moments';
import type { WorkflowComparison } from './schema';

type Request = { from: string; to: string; lineageId?: string; n8nId?: string };

/** Both versions of one workflow whole, to be drawn against each other. Throws `not_found` where neither moment has it. */
export async function compareOneWorkflow(
  ctx: TenantContext,
  { from, to, lineageId, n8nId }: Request,
): Promise<WorkflowComparison> {
  const [before, after] = [await openMoment(ctx, from, 'from'), await openMoment(ctx, to, 'to')];
  const isAsked = ({ entry }: { entry: SnapshotEntry }) =>
    lineageId ? entry.lineageId === lineageId : entry.n8nId === n8nId;
  const pair = pairEntries(before.entries, after.entries).find((one) => isAsked((one.after ?? one.before)!));
  if (!pair) throw notFound('workflow at these moments', lineageId ? 'lineageId' : 'n8nId');
  return {
    from: before.face,
    to: after.face,
    name: nameOf(pair),
    before: await bodyOf(before, pair.before?.file),
    after: await bodyOf(after, pair.after?.file),
  };
}

async function bodyOf(moment: OpenMoment, key: string | undefined) {
  const workflow = key === undefined ? undefined : (await moment.read([key])).get(key);
  return workflow ? toJson(workflow) : null;
}
