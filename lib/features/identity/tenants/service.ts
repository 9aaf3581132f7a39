import { blocked } from '@/lib/core/errors';
import type { Transaction } from '@/lib/kernel/db/database';
import { slugOf } from './model';
import type { Tenant } from './schema';
import { lockTenant, toTenant } from './store';

export { lockTenant } from './store';

/** Makes an organisation whose first admin is `adminId`, under the first free slug its name suggests. */
export async function createTenant(
  db: Transaction,
  { name, planKey, adminId }: { name: string; planKey: string; adminId: string },
): Promise<Tenant> {
  // Two organisations of one name at the same moment must not want the same slug.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tenant-slug'), hashtext(${slugOf(name)}))`;
  let n = 1;
  while (await db.tenant.findUnique({ where: { slug: slugOf(name, n) }, select: { id: true } })) n += 1;
  const row = await db.tenant.create({ data: { slug: slugOf(name, n), name, planKey, onboardedAt: new Date() } });
  await db.membership.create({ data: { tenantId: row.id, userId: adminId, role: 'admin' } });
  return toTenant(row, 'admin');
}

/**
 * Refuses to take the last admin from an organisation. Call before the change, in its transaction: the lock makes two
 * admins who leave at the same moment see each other.
 */
export async function keepAnAdmin(db: Transaction, tenantId: string, userId: string): Promise<void> {
  await lockTenant(db, tenantId);
  const others = await db.membership.count({ where: { tenantId, role: 'admin', userId: { not: userId } } });
  if (others > 0) return;
  throw blocked(
    'An organisation keeps at least one admin.',
    'last_admin',
    'Make somebody else admin first, or close the organisation.',
  );
}

/** Whether there is an environment yet. A later chapter's table, asked for one bit that the first steps depend on. */
export async function hasEnvironment(db: Transaction, tenantId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`SELECT FROM environments WHERE tenant_id = ${tenantId}::uuid LIMIT 1`;
  return rows.length > 0;
}
