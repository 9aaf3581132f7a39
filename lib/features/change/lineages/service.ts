import { conflict, notFound } from '@/lib/core/errors';
import { noSql, sql } from '@/lib/kernel/db/sql';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { LinkMethod } from './model';
import type { LineageRef } from './schema';
import { createLineages, holdLinks, toLineageRef } from './store';

/** A workflow that has a lineage, with what comparing asks for. The draft's digests; `publishedDigest` is of what runs. */
export type LinkedWorkflow = {
  lineageId: string;
  lineageSlug: string;
  lineageName: string;
  workflowId: string;
  environmentId: string;
  n8nId: string;
  name: string;
  presence: 'present' | 'missing';
  active: boolean;
  archived: boolean;
  tags: string[];
  logicDigest: string;
  layoutDigest: string;
  settingsDigest: string;
  shapeDigest: string | null;
  publishedDigest: string | null;
  unpublishedChanges: boolean;
  whole: boolean;
};

/** Linked workflows, gone ones included, by lineage name; of one environment, of some lineages, or all. */
export function linkedWorkflows(
  db: TenantDb,
  { environmentId, lineageIds }: { environmentId?: string; lineageIds?: readonly string[] } = {},
): Promise<LinkedWorkflow[]> {
  const inEnvironment = environmentId ? sql`AND l.environment_id = ${environmentId}::uuid` : noSql;
  const ofLineages = lineageIds ? sql`AND l.lineage_id = ANY (${[...lineageIds]}::uuid[])` : noSql;
  return db.$queryRaw<LinkedWorkflow[]>`
    SELECT l.lineage_id AS "lineageId", lineages.slug AS "lineageSlug", lineages.name AS "lineageName",
      l.workflow_id AS "workflowId", l.environment_id AS "environmentId", w.n8n_id AS "n8nId", w.name, w.presence,
      w.active, w.archived, w.tags, w.logic_digest AS "logicDigest", w.layout_digest AS "layoutDigest",
      w.settings_digest AS "settingsDigest", w.shape_digest AS "shapeDigest", w.published_digest AS "publishedDigest",
      w.unpublished_changes AS "unpublishedChanges", w.whole
    FROM workflow_links l JOIN lineages ON lineages.id = l.lineage_id JOIN workflows w ON w.id = l.workflow_id
    WHERE l.status = 'linked' ${inEnvironment} ${ofLineages}
    ORDER BY lineages.name, l.lineage_id, l.environment_id`;
}

/**
 * The lineage of each workflow; those without one, also those that somebody unlinked, each begin their own. Ignored
 * workflows and ids that are none of the tenant's are not in the answer.
 */
export async function ensureLineages(
  db: TenantDb,
  workflowIds: readonly string[],
  actor: Actor,
  method: LinkMethod = 'saved',
): Promise<Map<string, LineageRef>> {
  await holdLinks(db);
  const workflows = await db.workflow.findMany({
    where: { id: { in: [...workflowIds] } },
    select: { id: true, name: true, environmentId: true, link: { include: { lineage: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const found = new Map<string, LineageRef>();
  for (const { id, link } of workflows) if (link?.lineage) found.set(id, toLineageRef(link.lineage));
  const without = workflows.filter(({ link }) => !link?.lineage && link?.status !== 'ignored');
  const made = await createLineages(
    db,
    without.map(({ name }) => name),
  );
  await db.workflowLink.deleteMany({ where: { workflowId: { in: without.map(({ id }) => id) } } });
  await db.workflowLink.createMany({
    data: without.map(({ id, environmentId }, at) => ({
      workflowId: id,
      environmentId,
      lineageId: made[at]!.id,
      status: 'linked' as const,
      method,
      actor,
    })),
  });
  for (const [at, { id }] of without.entries()) found.set(id, toLineageRef(made[at]!));
  return found;
}

export type NewLink = { workflowId: string; lineageId: string; method: LinkMethod; reason?: string; actor: Actor };

/**
 * Links one workflow. A link to another lineage is replaced only when a person says so; one that is there already stays
 * as it is. A workflow of the environment that holds the lineage's place gives way when it is gone from the instance,
 * and else it is a `conflict`.
 */
export async function linkWorkflow(db: TenantDb, { workflowId, lineageId, method, reason, actor }: NewLink) {
  await holdLinks(db);
  const workflow = await db.workflow.findUnique({ where: { id: workflowId }, include: { link: true } });
  if (!workflow) throw notFound('workflow');
  if (!(await db.lineage.findUnique({ where: { id: lineageId } }))) throw notFound('lineage');
  const { environmentId, link, name } = workflow;
  if (link?.lineageId === lineageId) return;
  if (link?.lineageId && method !== 'explicit') {
    throw conflict(`${name} belongs to another lineage already.`, 'linked_elsewhere');
  }
  await makeRoom(db, lineageId, environmentId);
  const decision = { method, reason: reason ?? null, actor, at: new Date() };
  const data = { lineageId, status: 'linked' as const, driftClass: null, ...decision };
  if (link) await db.workflowLink.update({ where: { workflowId }, data });
  else await db.workflowLink.create({ data: { workflowId, environmentId, ...data } });
}

async function makeRoom(db: TenantDb, lineageId: string, environmentId: string): Promise<void> {
  const holder = await db.workflowLink.findFirst({
    where: { lineageId, environmentId },
    include: { workflow: { select: { name: true, presence: true } } },
  });
  if (!holder) return;
  if (holder.workflow.presence === 'present') {
    const detail = `In this environment the lineage is ${holder.workflow.name} already. Unlink that first.`;
    throw conflict(detail, 'lineage_taken');
  }
  await db.workflowLink.delete({ where: { workflowId: holder.workflowId } });
}

/**
 * What a check of an environment found: the drift classes of its linked workflows, by our id. All others have none.
 * The drift chapter calls it with every check that succeeded; the matrix shows it.
 */
export async function recordDrift(
  db: TenantDb,
  environmentId: string,
  classes: ReadonlyMap<string, string>,
): Promise<void> {
  const ids = [...classes.keys()];
  await db.$executeRaw`
    UPDATE workflow_links l SET drift_class = found.class
    FROM (SELECT workflow_id, d.class FROM workflow_links LEFT JOIN
            unnest(${ids}::uuid[], ${ids.map((id) => classes.get(id)!)}::text[]) AS d(id, class) ON d.id = workflow_id
          WHERE environment_id = ${environmentId}::uuid) found
    WHERE l.workflow_id = found.workflow_id AND l.drift_class IS DISTINCT FROM found.class`;
}

type Releases = {
  sourceEnvironmentId: string;
  targetEnvironmentId: string;
  /** Logic digests of both ends when the release was verified. */
  released: readonly { lineageId: string; source: string; target: string }[];
};

/**
 * What verified releases made of their sources, bindings included. Over several stages the first source counts, so that
 * production is compared with what dev has. The delivery chapter calls it; the matrix shows it.
 */
export async function recordReleases(db: TenantDb, { released, ...ends }: Releases): Promise<void> {
  const column = (key: 'lineageId' | 'source' | 'target') => released.map((one) => one[key]);
  await db.$executeRaw`
    UPDATE workflow_links l SET released_logic = r.target,
      origin_logic = CASE s.released_logic WHEN r.source THEN s.origin_logic ELSE r.source END
    FROM unnest(${column('lineageId')}::uuid[], ${column('source')}::text[], ${column('target')}::text[])
        AS r(lineage_id, source, target)
      LEFT JOIN workflow_links s ON s.lineage_id = r.lineage_id AND s.environment_id = ${ends.sourceEnvironmentId}::uuid
    WHERE l.lineage_id = r.lineage_id AND l.environment_id = ${ends.targetEnvironmentId}::uuid`;
}
