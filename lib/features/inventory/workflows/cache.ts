import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { type ObservedWorkflow, stampOf } from './observe';

/** What the cache knows of one workflow, as far as a refresh has to compare; null when it has to be looked at anyway. */
export type KnownWorkflow = { id: string; n8nId: string; stamp: string | null; present: boolean; whole: boolean };

/** PostgreSQL's text takes neither NUL nor half a surrogate pair; n8n's names may hold both. JSON escapes just these. */
const REFUSED = /\\u(0000|d[89a-f][0-9a-f]{2})/;
const withoutRefused = (_key: string, value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;

function storable(records: unknown): string {
  const text = JSON.stringify(records);
  return REFUSED.test(text) ? JSON.stringify(records, withoutRefused) : text;
}

export async function knownWorkflows(db: TenantDb, environmentId: string): Promise<Map<string, KnownWorkflow>> {
  const rows = await db.workflow.findMany({
    where: { environmentId },
    select: {
      id: true,
      n8nId: true,
      presence: true,
      n8nUpdatedAt: true,
      n8nVersionId: true,
      n8nActiveVersionId: true,
      shapeDigest: true,
      active: true,
      archived: true,
      tags: true,
      whole: true,
    },
  });
  const known = rows.map(({ id, n8nId, presence, shapeDigest, whole, ...row }): [string, KnownWorkflow] => {
    const { n8nUpdatedAt: updatedAt, n8nVersionId: versionId, n8nActiveVersionId: activeVersionId } = row;
    // A row from before there were shapes lacks its own.
    const stamp = shapeDigest === null ? null : stampOf({ ...row, updatedAt, versionId, activeVersionId });
    return [n8nId, { id, n8nId, stamp, present: presence === 'present', whole }];
  });
  return new Map(known);
}

/**
 * Writes what was seen, in five statements however many there are. `asOf` is when the reading began: a row written
 * since then gives way only to something newer, so that a refresh never undoes what a write of ours read back; one that
 * was read whole gives way to no row of a list that is as old.
 * Returns our ids by n8n's, of those that were written.
 */
export async function saveWorkflows(
  db: TenantDb,
  environmentId: string,
  observed: readonly ObservedWorkflow[],
  asOf = new Date(),
): Promise<Map<string, string>> {
  if (observed.length === 0) return new Map();
  const ids = await saveColumns(db, environmentId, observed, asOf);
  const written = observed.filter(({ columns }) => ids.has(columns.n8nId));
  await saveBodies(db, written, ids);
  await saveCredentialUses(db, environmentId, written, ids);
  return ids;
}

async function saveColumns(db: TenantDb, environmentId: string, observed: readonly ObservedWorkflow[], asOf: Date) {
  const now = new Date();
  const records = storable(observed.map(({ columns }) => columns));
  const rows = await db.$queryRaw<{ id: string; n8n_id: string }[]>`
    INSERT INTO workflows (id, environment_id, n8n_id, name, active, archived, tags, node_count, triggers, complexity,
      problems, logic_digest, layout_digest, settings_digest, shape_digest, published_digest, unpublished_changes, whole,
      n8n_version_id, n8n_active_version_id, n8n_created_at, n8n_updated_at, seen_at, updated_at)
    SELECT gen_random_uuid(), ${environmentId}::uuid, "n8nId", name, active, archived, tags, "nodeCount", triggers,
      complexity, problems, "logicDigest", "layoutDigest", "settingsDigest", "shapeDigest", "publishedDigest",
      "unpublishedChanges", whole, "n8nVersionId", "n8nActiveVersionId", "n8nCreatedAt", "n8nUpdatedAt", ${now}, ${now}
    FROM jsonb_to_recordset(${records}::jsonb) AS seen("n8nId" text, name text, active boolean, archived boolean,
      tags text[], "nodeCount" int, triggers text[], complexity text, problems jsonb, "logicDigest" text,
      "layoutDigest" text, "settingsDigest" text, "shapeDigest" text, "publishedDigest" text,
      "unpublishedChanges" boolean, whole boolean, "n8nVersionId" text, "n8nActiveVersionId" text,
      "n8nCreatedAt" timestamptz, "n8nUpdatedAt" timestamptz)
    ON CONFLICT (tenant_id, environment_id, n8n_id) DO UPDATE SET name = excluded.name, active = excluded.active,
      archived = excluded.archived, tags = excluded.tags, node_count = excluded.node_count,
      triggers = excluded.triggers, complexity = excluded.complexity, problems = excluded.problems,
      logic_digest = excluded.logic_digest, layout_digest = excluded.layout_digest,
      settings_digest = excluded.settings_digest, shape_digest = excluded.shape_digest,
      published_digest = excluded.published_digest, unpublished_changes = excluded.unpublished_changes,
      whole = excluded.whole, n8n_version_id = excluded.n8n_version_id, n8n_active_version_id = excluded.n8n_active_version_id,
      n8n_updated_at = excluded.n8n_updated_at,
      presence = 'present', missing_since = NULL, seen_at = ${now}, updated_at = ${now}, version = workflows.version + 1
    WHERE workflows.seen_at <= ${asOf} OR excluded.n8n_updated_at > workflows.n8n_updated_at
      OR (excluded.n8n_updated_at = workflows.n8n_updated_at AND (excluded.whole OR NOT workflows.whole))
    RETURNING id, n8n_id`;
  return new Map(rows.map((row) => [row.n8n_id, row.id]));
}

async function saveBodies(db: TenantDb, written: readonly ObservedWorkflow[], ids: Map<string, string>) {
  const workflowIds = written.map(({ columns }) => ids.get(columns.n8nId)!);
  // Lists of JSON, not of text: an array's every quote is escaped once more, by us and for the database to undo.
  const drafts = JSON.stringify(written.map(({ draft }) => draft));
  const published = JSON.stringify(written.map((one) => one.published));
  await db.$executeRaw`
    INSERT INTO workflow_bodies (workflow_id, draft, published)
    SELECT id, draft, CASE WHEN json_typeof(published) <> 'null' THEN published END
    FROM ROWS FROM (unnest(${workflowIds}::uuid[]), json_array_elements(${drafts}::json),
      json_array_elements(${published}::json)) AS seen(id, draft, published)
    ON CONFLICT (workflow_id) DO UPDATE SET draft = excluded.draft, published = excluded.published`;
}

/** Where credentials are used; those nobody listed yet become known by it. */
async function saveCredentialUses(
  db: TenantDb,
  environmentId: string,
  written: readonly ObservedWorkflow[],
  ids: Map<string, string>,
) {
  const workflowIds = written.map(({ columns }) => ids.get(columns.n8nId)!);
  await db.credentialUse.deleteMany({ where: { workflowId: { in: workflowIds } } });
  const uses = written.flatMap(({ columns, credentials }) =>
    credentials.map((use) => ({ ...use, workflowId: ids.get(columns.n8nId)! })),
  );
  if (uses.length === 0) return;
  const records = storable(uses);
  await db.$executeRaw`
    INSERT INTO credentials (id, environment_id, n8n_id, name, type, source, seen_at)
    SELECT DISTINCT ON ("n8nId") gen_random_uuid(), ${environmentId}::uuid, "n8nId", name, type, 'harvested', now()
    FROM jsonb_to_recordset(${records}::jsonb) AS used("n8nId" text, name text, type text)
    ON CONFLICT (tenant_id, environment_id, n8n_id) DO UPDATE SET name = excluded.name, seen_at = now()
    WHERE credentials.source = 'harvested'`;
  await db.$executeRaw`
    INSERT INTO credential_uses (id, credential_id, workflow_id, node_name)
    SELECT gen_random_uuid(), credentials.id, used."workflowId", used."nodeName"
    FROM jsonb_to_recordset(${records}::jsonb) AS used("n8nId" text, "workflowId" uuid, "nodeName" text)
    JOIN credentials ON credentials.environment_id = ${environmentId}::uuid AND credentials.n8n_id = used."n8nId"`;
}

/** For workflows that the instance itself said are gone. They stay, marked, with everything known about them. */
export const markMissing = (db: TenantDb, ids: readonly string[]) =>
  db.workflow.updateMany({
    where: { id: { in: [...ids] }, presence: 'present' },
    data: { presence: 'missing', missingSince: new Date(), version: { increment: 1 } },
  });

/** What an environment's own line says: the present ones that are not archived. */
export async function countWorkflows(db: TenantDb, environmentId: string) {
  const where = { environmentId, presence: 'present' as const, archived: false };
  const workflowCount = await db.workflow.count({ where });
  return { workflowCount, activeWorkflowCount: await db.workflow.count({ where: { ...where, active: true } }) };
}

/** After writes of our own. What was never read whole has no number: a part of it would be taken for all. */
export const recountWorkflows = async (db: TenantDb, environmentId: string) =>
  db.environment.updateMany({
    where: { id: environmentId, workflowCount: { not: null } },
    data: await countWorkflows(db, environmentId),
  });
