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
 * gone. What is left and neither archived nor ignored is unmanaged. Pure.
 */
export function pairUp(entries: readonly ApprovedEntry[], { rows, links }: Seen): Paired {
  const byN8nId = new Map(rows.map((row) => [row.n8nId, row]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const linked = new Map(links.flatMap(({ lineageId, workflowId }) => (lineageId ? [[lineageId, workflowId]] : [])));
  const pairs = entries.map((entry): Pair => {
    const own = entry.n8nId === null ? undefined : byN8nId.get(entry.n8nId);
    const other = byId.get(linked.get(entry.lineageId) ?? '');
    const seen = own?.presence !== 'present' && other?.presence === 'present' ? other : (own ?? other);
    return { entry, seen: seen ?? null };
  });
  const managed = new Set(pairs.map(({ seen }) => seen?.id));
  const ignored = new Set(links.filter(({ status }) => status === 'ignored').map(({ workflowId }) => workflowId));
  const unmanaged = rows.filter(
    ({ id, presence, archived }) => presence === 'present' && !archived && !managed.has(id) && !ignored.has(id),
  );
  return { pairs, unmanaged };
}
