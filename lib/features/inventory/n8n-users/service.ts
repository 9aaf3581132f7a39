import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { RemoteUser } from '@/lib/ports/remote-workflow';

export async function saveUsers(db: TenantDb, environmentId: string, listed: readonly RemoteUser[]) {
  await db.$executeRaw`
    INSERT INTO n8n_users (id, environment_id, n8n_id, email, first_name, last_name, role, is_pending, n8n_created_at,
      seen_at)
    SELECT gen_random_uuid(), ${environmentId}::uuid, id, email, "firstName", "lastName", role, pending, "createdAt",
      now()
    FROM jsonb_to_recordset(${JSON.stringify(listed)}::jsonb) AS seen(id text, email text, "firstName" text,
      "lastName" text, role text, pending boolean, "createdAt" timestamptz)
    ON CONFLICT (tenant_id, environment_id, n8n_id) DO UPDATE SET email = excluded.email,
      first_name = excluded.first_name, last_name = excluded.last_name, role = excluded.role,
      is_pending = excluded.is_pending, seen_at = now()
    WHERE (n8n_users.email, n8n_users.first_name, n8n_users.last_name, n8n_users.role, n8n_users.is_pending)
      IS DISTINCT FROM (excluded.email, excluded.first_name, excluded.last_name, excluded.role, excluded.is_pending)`;
}

/** n8n's ids of those known and not in this list. */
export async function absentUsers(db: TenantDb, environmentId: string, present: readonly string[]) {
  const where = { environmentId, n8nId: { notIn: [...present] } };
  return (await db.n8nUser.findMany({ where, select: { n8nId: true } })).map(({ n8nId }) => n8nId);
}

export const forgetUsers = (db: TenantDb, environmentId: string, n8nIds: readonly string[]) =>
  db.n8nUser.deleteMany({ where: { environmentId, n8nId: { in: [...n8nIds] } } });
