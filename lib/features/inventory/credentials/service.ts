import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { RemoteCredential } from '@/lib/ports/remote-workflow';

/** Writes what the instance lists; a credential that was only known from workflows becomes a listed one. */
export async function saveCredentials(db: TenantDb, environmentId: string, listed: readonly RemoteCredential[]) {
  const records = JSON.stringify(listed);
  await db.$executeRaw`
    INSERT INTO credentials (id, environment_id, n8n_id, name, type, source, n8n_created_at, n8n_updated_at, seen_at)
    SELECT gen_random_uuid(), ${environmentId}::uuid, id, name, type, 'listed', "createdAt", "updatedAt", now()
    FROM jsonb_to_recordset(${records}::jsonb)
      AS seen(id text, name text, type text, "createdAt" timestamptz, "updatedAt" timestamptz)
    ON CONFLICT (tenant_id, environment_id, n8n_id) DO UPDATE SET name = excluded.name, type = excluded.type,
      source = 'listed', presence = 'present', n8n_created_at = excluded.n8n_created_at,
      n8n_updated_at = excluded.n8n_updated_at, seen_at = now()
    WHERE (credentials.name, credentials.type, credentials.source, credentials.presence, credentials.n8n_updated_at)
      IS DISTINCT FROM (excluded.name, excluded.type, 'listed', 'present'::presence, excluded.n8n_updated_at)`;
}

/** n8n's ids of those that were listed once and are not in this list. */
export async function absentCredentials(db: TenantDb, environmentId: string, present: readonly string[]) {
  const rows = await db.credential.findMany({
    where: { environmentId, source: 'listed', presence: 'present', n8nId: { notIn: [...present] } },
    select: { n8nId: true },
  });
  return rows.map(({ n8nId }) => n8nId);
}

export const markCredentialsMissing = (db: TenantDb, environmentId: string, n8nIds: readonly string[]) =>
  db.credential.updateMany({ where: { environmentId, n8nId: { in: [...n8nIds] } }, data: { presence: 'missing' } });

/** What only workflows told of ends with the last workflow that names it. */
export const forgetUnusedHarvest = (db: TenantDb, environmentId: string) =>
  db.credential.deleteMany({ where: { environmentId, source: 'harvested', uses: { none: {} } } });

export const countCredentials = (db: TenantDb, environmentId: string) =>
  db.credential.count({ where: { environmentId, presence: 'present' } });
