import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import type { Role } from '@/lib/core/permissions';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import type { Transaction } from '@/lib/kernel/db/database';
import type { Tenant as Row } from '@/lib/kernel/db/generated/client';
import type { ListTenants, Tenant } from './schema';

const NOBODY = '00000000-0000-0000-0000-000000000000';

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

/** Those a person belongs to, or the one of an API key. */
export async function listTenantsOf(
  db: Transaction,
  whose: { userId: string } | { tenantId: string },
  query: z.output<typeof ListTenants>,
): Promise<Page<Tenant>> {
  const name = query.search ? { contains: literally(query.search), mode: 'insensitive' as const } : undefined;
  const userId = 'userId' in whose ? whose.userId : null;
  const own = 'tenantId' in whose ? { id: whose.tenantId } : { memberships: { some: whose } };
  const where = { name, status: { not: 'suspended' as const }, ...own };
  const memberships = { where: { userId: userId ?? NOBODY } };
  const rows = await db.tenant.findMany({ where, include: { memberships }, ...toSlice(query) });
  const items = rows.map(({ memberships, ...row }) => toTenant(row, memberships[0]?.role ?? null));
  return toPage(items, await db.tenant.count({ where }), query);
}

/** Makes everybody who changes members or roles of a tenant wait in line; released with the transaction. */
export async function lockTenant(db: Transaction, id: string): Promise<void> {
  await db.$queryRaw`SELECT id FROM tenants WHERE id = ${id}::uuid FOR UPDATE`;
}
