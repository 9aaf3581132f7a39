import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Linkable, Places, ProposedLink } from './linking';
import { counted, type Structure } from './similarity';
import { createLineages } from './store';
import type { Pair, Suggestion } from './suggesting';

/** Whom automatic linking may consider: dev first, then by age of the environment and by name. */
export const readLinkable = (db: TenantDb): Promise<Linkable[]> => db.$queryRaw<Linkable[]>`
  SELECT w.id, w.environment_id AS "environmentId", w.n8n_id AS "n8nId", w.name, w.node_count AS "nodeCount",
    w.shape_digest AS "shapeDigest", l.lineage_id AS "lineageId"
  FROM workflows w JOIN environments e ON e.id = w.environment_id LEFT JOIN workflow_links l ON l.workflow_id = w.id
  WHERE w.presence = 'present' AND NOT w.archived AND (l.status IS NULL OR l.status = 'linked')
  ORDER BY e.class, e.created_at, e.id, w.name, w.id`;

/** Which environments each lineage has a workflow in; those whose workflow is gone count only when asked for. */
export async function readPlaces(db: TenantDb, { withGone }: { withGone: boolean }): Promise<Places> {
  const rows = await db.$queryRaw<{ lineageId: string; environments: string[] }[]>`
    SELECT l.lineage_id AS "lineageId", array_agg(l.environment_id::text) AS environments
    FROM workflow_links l JOIN workflows w ON w.id = l.workflow_id
    WHERE l.status = 'linked' AND (${withGone} OR w.presence = 'present') GROUP BY l.lineage_id`;
  return new Map(rows.map(({ lineageId, environments }) => [lineageId, new Set(environments)]));
}

/** Makes the lineages that begin, and every link. Takes `holdLinks`. */
export async function saveProposed(db: TenantDb, proposed: readonly ProposedLink[], actor: Actor): Promise<void> {
  const beginning = proposed.filter(({ begins }) => begins);
  const made = await createLineages(
    db,
    beginning.map(({ workflows }) => workflows[0]!.name),
  );
  const idOf = new Map(beginning.map(({ lineage }, at) => [lineage, made[at]!.id]));
  await db.workflowLink.createMany({
    data: proposed.flatMap(({ method, lineage, workflows }) =>
      workflows.map(({ id, environmentId }) => ({
        workflowId: id,
        environmentId,
        lineageId: idOf.get(lineage) ?? lineage,
        status: 'linked' as const,
        method,
        actor,
      })),
    ),
  });
}

/** What workflows are made of, as far as their JSON can be read. */
export async function readStructures(db: TenantDb, ids: readonly string[]): Promise<Map<string, Structure>> {
  const bodies = await db.workflowBody.findMany({
    where: { workflowId: { in: [...ids] } },
    select: { workflowId: true, draft: true },
  });
  return new Map(bodies.map(({ workflowId, draft }) => [workflowId, structureOf(draft)]));
}

function structureOf(draft: unknown): Structure {
  const { nodes = [] } = draft as { nodes?: { type?: string; name?: string }[] };
  return {
    types: counted(nodes.map(({ type = '' }) => type)),
    nodeNames: new Set(nodes.map(({ name = '' }) => name)),
  };
}

/** Pairs that somebody rejected hold for the whole lineage that the counterpart has now. */
export async function readRejected(db: TenantDb): Promise<(pair: Pair) => boolean> {
  const rows = await db.$queryRaw<{ workflowId: string; counterpartId: string; lineageId: string | null }[]>`
    SELECT s.workflow_id AS "workflowId", s.counterpart_id AS "counterpartId", l.lineage_id AS "lineageId"
    FROM link_suggestions s LEFT JOIN workflow_links l ON l.workflow_id = s.counterpart_id WHERE s.status = 'rejected'`;
  const pairs = new Set(
    rows.flatMap(({ workflowId, counterpartId, lineageId }) => [
      `${workflowId} ${counterpartId}`,
      `${counterpartId} ${workflowId}`,
      ...(lineageId ? [`${workflowId} ${lineageId}`] : []),
    ]),
  );
  return ({ workflow, counterpart }) =>
    pairs.has(`${workflow.id} ${counterpart.id}`) || pairs.has(`${workflow.id} ${counterpart.lineageId}`);
}

/** What is open becomes exactly these; what somebody decided stays decided. */
export async function saveSuggestions(db: TenantDb, suggestions: readonly Suggestion[]): Promise<void> {
  const records = suggestions.map(({ workflow, counterpart, score, reasons }) => ({
    workflowId: workflow.id,
    counterpartId: counterpart.id,
    score,
    reasons,
  }));
  await db.$executeRaw`
    DELETE FROM link_suggestions s WHERE s.status = 'open' AND NOT EXISTS (
      SELECT FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS now("workflowId" uuid, "counterpartId" uuid)
      WHERE now."workflowId" = s.workflow_id AND now."counterpartId" = s.counterpart_id)`;
  await db.$executeRaw`
    INSERT INTO link_suggestions (id, workflow_id, counterpart_id, score, reasons)
    SELECT gen_random_uuid(), now."workflowId", now."counterpartId", now.score, now.reasons
    FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      AS now("workflowId" uuid, "counterpartId" uuid, score float8, reasons text[])
    JOIN workflows w ON w.id = now."workflowId" JOIN workflows c ON c.id = now."counterpartId"
    ON CONFLICT (tenant_id, workflow_id, counterpart_id) DO UPDATE SET score = excluded.score,
      reasons = excluded.reasons WHERE link_suggestions.status = 'open'`;
}
