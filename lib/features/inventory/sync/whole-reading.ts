import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { KnownWorkflow } from '../workflows/cache';
import { remoteStamp } from '../workflows/observe';
import type { PhaseContext } from './phase';

/** So many workflows are asked for at once. */
const CONCURRENT_QUESTIONS = 4;

/** Which workflows have to be told whole. */
export type Wanted = (remote: RemoteWorkflow) => boolean | Promise<boolean>;
type Asking = Pick<PhaseContext, 'tx' | 'signal' | 'environmentId' | 'provider'>;
type Known = ReadonlyMap<string, KnownWorkflow>;

/** Each asked for by itself. Null: the instance says that there is no such workflow. */
export async function askEach({ provider, signal }: Pick<Asking, 'provider' | 'signal'>, ids: readonly string[]) {
  const found = new Map<string, RemoteWorkflow | null>();
  for (let start = 0; start < ids.length; start += CONCURRENT_QUESTIONS) {
    signal.throwIfAborted();
    const asked = ids.slice(start, start + CONCURRENT_QUESTIONS);
    const answers = await Promise.all(asked.map((id) => provider.getWorkflow(id, { signal })));
    for (const [at, id] of asked.entries()) found.set(id, answers[at]!);
  }
  return found;
}

/** Whether it is not as it was last seen. */
export const hasMoved = (before: KnownWorkflow | undefined, remote: RemoteWorkflow): boolean =>
  !before?.present || before.stamp !== remoteStamp(remote);

/**
 * A page of a list, in which those that are `wanted` are told whole, and so is what was whole until it moved: what is
 * known of a workflow never becomes less. What did not move is taken from the inventory, the rest asked for by itself.
 * One that is gone by then is left out.
 */
export async function tellWhole(ctx: Asking, page: readonly RemoteWorkflow[], known: Known, wanted: Wanted) {
  const kept: RemoteWorkflow[] = [];
  const asked: string[] = [];
  for (const remote of page) {
    if (!remote.listed) continue;
    const before = known.get(remote.id);
    const isWhole = before?.whole === true;
    const moved = hasMoved(before, remote);
    if (!(isWhole && moved) && !(await wanted(remote))) continue;
    if (isWhole && !moved) kept.push(remote);
    else asked.push(remote.id);
  }
  if (kept.length + asked.length === 0) return page;
  const documents = kept.length > 0 ? await ctx.tx((db) => readDocuments(db, ctx.environmentId, kept)) : new Map();
  const overtaken = kept.flatMap(({ id }) => (documents.has(id) ? [] : id));
  const found = await askEach(ctx, [...asked, ...overtaken]);
  return page.flatMap((remote) => {
    const { listed: _, ...told } = remote;
    if (documents.has(remote.id)) return { ...told, document: documents.get(remote.id)! };
    return found.has(remote.id) ? (found.get(remote.id) ?? []) : remote;
  });
}

/** As the inventory has them whole, by n8n's id, while they are what the list showed. */
async function readDocuments(db: TenantDb, environmentId: string, remotes: readonly RemoteWorkflow[]) {
  const times = new Map(remotes.map(({ id, updatedAt }) => [id, Date.parse(updatedAt)]));
  const rows = await db.workflowBody.findMany({
    where: { workflow: { environmentId, whole: true, n8nId: { in: [...times.keys()] } } },
    select: { draft: true, workflow: { select: { n8nId: true, n8nUpdatedAt: true } } },
  });
  return new Map(
    rows.flatMap(({ draft, workflow: { n8nId, n8nUpdatedAt } }) =>
      n8nUpdatedAt?.getTime() === times.get(n8nId) ? [[n8nId, draft as WorkflowDocument] as const] : [],
    ),
  );
}
