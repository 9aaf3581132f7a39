import type { z } from 'zod';
import { toPage } from '@/lib/core/schema';
import { readApprovedIndex } from '@/lib/features/change/approved-state/store';
import type { Target } from '@/lib/features/change/change-plans/schema';
import { toRef } from '@/lib/features/connections/environments/store';
import { sameSettings } from '@/lib/features/inventory/workflows/model';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { getStageRow } from '../pipelines/store';
import { type Compared, compareSides, type SourcePrint, sameSource } from './comparison';
import { CHANGES } from './model';
import type { ComparePromotion, StageComparison } from './schema';

type Seen = {
  id: string;
  name: string;
  active: boolean;
  archived: boolean;
  tags: string[];
  logicDigest: string;
  layoutDigest: string;
  settingsDigest: string;
  shapeDigest: string | null;
  publishedDigest: string | null;
  n8nUpdatedAt: Date | null;
  lineageId: string | null;
  whole: boolean;
};

type Query = z.output<typeof ComparePromotion>;
type Line = StageComparison['items'][number];

/** How the source of a stage stands, page by page, from the inventory alone: cheap, and as old as the last refresh. */
export async function compareStage(db: TenantDb, query: Query): Promise<StageComparison> {
  const { pipelineId, stageId, page, pageSize } = query;
  const stage = await getStageRow(db, { id: pipelineId, stageId }, 'stageId');
  const lines = await linesOf(db, stage);
  const counts = Object.fromEntries(CHANGES.map((change) => [change, 0])) as StageComparison['counts'];
  for (const { change } of lines) counts[change] += 1;
  const listed = listedOf(lines, query);
  const ends = { source: toRef(stage.source), target: toRef(stage.target), asOf: await agesOf(db, stage) };
  const items = listed.slice((page - 1) * pageSize, page * pageSize);
  return { ...toPage(items, listed.length, query), pipelineId, stageId, ...ends, counts };
}

async function linesOf(db: TenantDb, { sourceEnvironmentId, targetEnvironmentId }: Hop): Promise<Line[]> {
  const [sources, targets] = [await seenIn(db, sourceEnvironmentId), await seenIn(db, targetEnvironmentId)];
  const baselines = await db.releaseBaseline.findMany({ where: { sourceEnvironmentId, targetEnvironmentId } });
  const released = new Map(baselines.map((row) => [row.lineageId, row as unknown as Released]));
  const index = await readApprovedIndex(db, targetEnvironmentId);
  const approved = new Map(index?.entries.map((entry) => [entry.lineageId, entry]));
  const byLineage = new Map(targets.flatMap((one) => (one.lineageId ? [[one.lineageId, one] as const] : [])));
  return sources
    .filter(({ archived, lineageId }) => !archived || (lineageId !== null && byLineage.has(lineageId)))
    .map((source) => {
      const target = source.lineageId ? byLineage.get(source.lineageId) : undefined;
      const entry = source.lineageId ? approved.get(source.lineageId) : undefined;
      const baseline = source.lineageId ? (released.get(source.lineageId) ?? null) : null;
      const standing = entry ? { logic: entry.logicDigest, settings: entry.settingsDigest } : null;
      return {
        ...{ workflowId: source.id, lineageId: source.lineageId, name: source.name },
        ...compareSeen(source, target, baseline, standing),
        active: { source: source.active, target: target?.active ?? null },
        n8nUpdatedAt: source.n8nUpdatedAt?.toISOString() ?? null,
      };
    });
}

/** What needs a decision, then what is new or changed, then the rest. */
const WORST: readonly Line['change'][] = ['conflict', 'target_hotfix', 'modified', 'added', 'deleted', 'unchanged'];

/** Lines come by name, and keep that order where nothing else tells them apart. */
function listedOf(lines: readonly Line[], { search = '', sort, change, differing, pinned }: Query): Line[] {
  const wanted = search.toLowerCase();
  const first = new Set(pinned);
  const matches = (line: Line) =>
    line.name.toLowerCase().includes(wanted) &&
    (!change || line.change === change) &&
    (!differing || line.change !== 'unchanged');
  const direction = sort.startsWith('-') ? -1 : 1;
  const ranks = (line: Line) => (sort.endsWith('worst') ? WORST.indexOf(line.change) * -direction : 0);
  const kept = lines.filter((line) => first.has(line.workflowId) || matches(line));
  const ordered = sort === '-name' ? kept.toReversed() : kept;
  return ordered.toSorted(
    (a, b) => Number(first.has(b.workflowId)) - Number(first.has(a.workflowId)) || ranks(a) - ranks(b),
  );
}

type Released = { source: SourcePrint; target: Target };

/** What the source would be over there is not made here: equal shapes, or nothing moved since the release, stand for it. */
function compareSeen(
  source: Seen,
  target: Seen | undefined,
  baseline: Released | null,
  approved: SourcePrint | null,
): Compared {
  const print = { logic: source.logicDigest, settings: source.settingsDigest };
  const now = target ? targetOf(target) : null;
  const isAsReleased = baseline !== null && sameSource(print, baseline.source);
  const isSameShape = target !== undefined && source.shapeDigest !== null && source.shapeDigest === target.shapeDigest;
  const isSameSettings = target !== undefined && sameSettings(source, target);
  const desired = isAsReleased
    ? baseline.target
    : isSameShape && isSameSettings
      ? now!
      : { ...targetOf(source), publishedLogic: null };
  return compareSides({ source: source.archived ? null : print, target: now, desired, baseline, approved });
}

const targetOf = (row: Seen): Target => ({
  ...{ logic: row.logicDigest, layout: row.layoutDigest, settings: row.settingsDigest },
  ...{ active: row.active, archived: row.archived, tags: row.tags, publishedLogic: row.publishedDigest },
});

const seenIn = (db: TenantDb, environmentId: string): Promise<Seen[]> =>
  db.$queryRaw<Seen[]>`
    SELECT w.id, w.name, w.active, w.archived, w.tags, w.logic_digest AS "logicDigest",
      w.layout_digest AS "layoutDigest", w.settings_digest AS "settingsDigest", w.shape_digest AS "shapeDigest",
      w.published_digest AS "publishedDigest", w.n8n_updated_at AS "n8nUpdatedAt", l.lineage_id AS "lineageId",
      w.whole
    FROM workflows w LEFT JOIN workflow_links l ON l.workflow_id = w.id
    WHERE w.environment_id = ${environmentId}::uuid AND w.presence = 'present'
      AND coalesce(l.status <> 'ignored', true)
    ORDER BY w.name, w.id`;

type Hop = Awaited<ReturnType<typeof getStageRow>>;

async function agesOf(db: TenantDb, { sourceEnvironmentId, targetEnvironmentId }: Hop) {
  const rows = await db.environment.findMany({
    where: { id: { in: [sourceEnvironmentId, targetEnvironmentId] } },
    select: { id: true, syncedAt: true },
  });
  const age = (id: string) => rows.find((row) => row.id === id)?.syncedAt?.toISOString() ?? null;
  return { source: age(sourceEnvironmentId), target: age(targetEnvironmentId) };
}
