import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import type { Role } from '@/lib/core/permissions';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import type { Transaction } from '@/lib/kernel/db/database';
import type { Tenant as Row } from '@/lib/kernel/db/generated/client';
import type { ListTenants, Tenant } from './schema';

export const toTenant = (row: Row, role: Role | null): Tenant => ({
  ...row,
  plan: row.planKey,
  role,
  onboardedAt: row.onboardedAt?.toISOString() ?? null,
  closesAt: row.closesAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** As the tenant: a foreign id and a missing one are the same. */
export async function getTenantRow(db: Transaction, id: string): Promise<Row> {
  const row = await db.tenant.findUnique({ where: { id } });
  if (!row) throw notFound('organisation');
  return row;
}

/** Those a person belongs to. */
export async function listTenantsOf(
  db: Transaction,
  userId: string,
  query: z.output<typeof ListTenants>,
): Promise<Page<Tenant>> {
  const name = query.search ? { contains: query.search, mode: 'insensitive' as const } : undefined;
  const where = { name, status: { not: 'suspended' as const }, memberships: { some: { userId } } };
  const rows = await db.tenant.findMany({ where, include: { memberships: { where: { userId } } }, ...toSlice(query) });
  const items = rows.map(({ memberships, ...row }) => toTenant(row, memberships[0]?.role ?? null));
  return toPage(items, await db.tenant.count({ where }), query);
}

/** Makes everybody who changes members or roles of a tenant wait in line; released with the transaction. */
export async function lockTenant(db: Transaction, id: string): Promise<void> {
  await db.$queryRaw`SELECT id FROM tenants WHERE id = ${id}::uuid FOR UPDATE`;
}
