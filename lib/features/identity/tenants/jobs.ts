import type { Transaction } from '@/lib/kernel/db/database';
import { scheduledJob } from '@/lib/kernel/jobs/job';
import { childrenFirst, tenantTables } from './tables';

/** The audit chain outlives what it is about: no role may shorten it. */
const KEPT = new Set(['audit_events', 'audit_heads']);
const TIMEOUT_MS = 10 * 60_000;

/**
 * Deletes organisations whose 30 days are over: every row of every table of theirs, in one transaction each. The date
 * is read again under a lock, so one that is reopened at the last moment stays.
 */
export const purgeTenants = scheduledJob({
  name: 'tenant-purge',
  schedule: '20 * * * *',
  async run({ platform, log, signal }) {
    const due = await platform.tx((db) =>
      db.tenant.findMany({
        where: { status: 'closing', closesAt: { lte: new Date() } },
        select: { id: true },
        take: 20,
      }),
    );
    for (const { id } of due) {
      signal.throwIfAborted();
      const slug = await platform.tx(
        async (db) => {
          const deleted = await deleteTenant(db, id);
          if (deleted) db.audit({ action: 'tenant.deleted', target: { type: 'tenant', id, label: deleted } });
          return deleted;
        },
        { timeoutMs: TIMEOUT_MS },
      );
      if (slug) log.info({ tenant: id }, 'a closed organisation was deleted');
    }
  },
});

async function deleteTenant(db: Transaction, id: string): Promise<string | null> {
  const due = await db.$queryRaw<{ slug: string }[]>`
    SELECT slug FROM tenants WHERE id = ${id}::uuid AND status = 'closing' AND closes_at <= now() FOR UPDATE`;
  if (!due[0]) return null;
  for (const { name } of childrenFirst(await tenantTables(db))) {
    if (!KEPT.has(name)) await db.$executeRawUnsafe(`DELETE FROM "${name}" WHERE tenant_id = $1::uuid`, id);
  }
  await db.tenant.delete({ where: { id } });
  return due[0].slug;
}
