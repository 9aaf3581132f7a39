import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { RemoteTag } from '@/lib/ports/remote-workflow';

export async function saveTags(db: TenantDb, environmentId: string, listed: readonly RemoteTag[]) {
  await db.$executeRaw`
    INSERT INTO tags (id, environment_id, n8n_id, name, seen_at)
    SELECT gen_random_uuid(), ${environmentId}::uuid, id, name, now()
    FROM jsonb_to_recordset(${JSON.stringify(listed)}::jsonb) AS seen(id text, name text)
    ON CONFLICT (tenant_id, environment_id, n8n_id) DO UPDATE SET name = excluded.name, seen_at = now()
    WHERE tags.name <> excluded.name`;
}

/** n8n's ids of those known and not in this list. */
export async function absentTags(db: TenantDb, environmentId: string, present: readonly string[]) {
  const where = { environmentId, n8nId: { notIn: [...present] } };
  return (await db.tag.findMany({ where, select: { n8nId: true } })).map(({ n8nId }) => n8nId);
}

export const forgetTags = (db: TenantDb, environmentId: string, n8nIds: readonly string[]) =>
  db.tag.deleteMany({ where: { environmentId, n8nId: { in: [...n8nIds] } } });
