import type { ApprovedEntry } from '@/lib/features/change/approved-state/service';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';

/** One workflow of the inventory, as far as comparing asks. */
export type SeenRow = {
  id: string;
  n8nId: string;
  name: string;
  presence: 'present' | 'missing';
  active: boolean;
  archived: boolean;
  tags: string[];
  logicDigest: string;
  settingsDigest: string;
  publishedDigest: string | null;
  whole: boolean;
  n8nVersionId: string | null;
};

/** What is approved beside what was seen; `seen` null: the instance never had it, as far as anybody knows. */
export type Pair = { entry: ApprovedEntry; seen: SeenRow | null };
export type Paired = { pairs: Pair[]; unmanaged: SeenRow[] };

/** The inventory of an environment, and what people decided about its identity. */
export async function readSeen(db: TenantDb, environmentId: string) {
  const rows = await db.workflow.findMany({
    where: { environmentId },
    select: {
      id: true,
      n8nId: true,
      name: true,
      presence: true,
      active: true,
      archived: true,
      tags: true,
      logicDigest: true,
      settingsDigest: true,
      publishedDigest: true,
      whole: true,
      n8nVersionId: true,
    },
  });
  const links = await db.workflowLink.findMany({
    where: { environmentId },
    select: { workflowId: true, lineageId: true, status: true },
  });
  return { rows, links };
}

type Seen = Awaited<ReturnType<typeof readSeen>>;

/**
 * Pairs approved entries with the workflows they mean: by the approved id, or by the link of the lineage where that is
 * gone. Where two entries mean the same workflow, the one of the lineage that it is linked to counts, else the newer.
 * What is left and neither archived nor ignored is unmanaged. Pure.
 */
export function pairUp(entries: readonly ApprovedEntry[], { rows, links }: Seen): Paired {
  const byN8nId = new Map(rows.map((row) => [row.n8nId, row]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const linked = new Map(links.flatMap(({ lineageId, workflowId }) => (lineageId ? [[lineageId, workflowId]] : [])));
  const found = entries.map((entry): Pair => {
    const own = entry.n8nId === null ? undefined : byN8nId.get(entry.n8nId);
    const other = byId.get(linked.get(entry.lineageId) ?? '');
    const seen = own?.presence !== 'present' && other?.presence === 'present' ? other : (own ?? other);
    return { entry, seen: seen ?? null };
  });
  const pairs = oneForEach(found, linked);
  const managed = new Set(pairs.map(({ seen }) => seen?.id));
  const ignored = new Set(links.filter(({ status }) => status === 'ignored').map(({ workflowId }) => workflowId));
  const unmanaged = rows.filter(
    ({ id, presence, archived }) => presence === 'present' && !archived && !managed.has(id) && !ignored.has(id),
  );
  return { pairs, unmanaged };
}

/** What is to be judged once: a workflow that two entries mean would else differ from one of them for good. */
function oneForEach(pairs: readonly Pair[], linked: ReadonlyMap<string, string>): Pair[] {
  const outranks = (one: Pair, other: Pair) => {
    const [isLinked, isOtherLinked] = [one, other].map(({ entry, seen }) => linked.get(entry.lineageId) === seen!.id);
    return isLinked === isOtherLinked ? one.entry.approvedAt > other.entry.approvedAt : isLinked!;
  };
  const counting = new Map<string, Pair>();
  for (const pair of pairs) {
    const other = pair.seen && counting.get(pair.seen.id);
    if (pair.seen && (!other || outranks(pair, other))) counting.set(pair.seen.id, pair);
  }
  return pairs.filter((pair) => !pair.seen || counting.get(pair.seen.id) === pair);
}
