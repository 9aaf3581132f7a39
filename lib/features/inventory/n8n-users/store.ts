import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { N8nUser as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ListN8nUsers, N8nUser } from './schema';

const WITH_ENVIRONMENT = { environment: { select: REF } } as const;
type Listed = Row & { environment: Parameters<typeof toRef>[0] };

const toN8nUser = (row: Listed): N8nUser => ({
  id: row.id,
  environment: toRef(row.environment),
  n8nId: row.n8nId,
  email: row.email,
  firstName: row.firstName,
  lastName: row.lastName,
  role: row.role,
  isPending: row.isPending,
  n8nCreatedAt: row.n8nCreatedAt?.toISOString() ?? null,
  seenAt: row.seenAt.toISOString(),
});

export async function listUserRows(db: TenantDb, query: z.output<typeof ListN8nUsers>): Promise<Page<N8nUser>> {
  const { search, environmentId, role, isPending } = query;
  const contains = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
  const named = contains ? { OR: [{ email: contains }, { firstName: contains }, { lastName: contains }] } : {};
  const where = { environmentId, role, isPending, ...named };
  const rows = await db.n8nUser.findMany({ where, include: WITH_ENVIRONMENT, ...toSlice(query) });
  return toPage(rows.map(toN8nUser), await db.n8nUser.count({ where }), query);
}

export async function getUser(db: TenantDb, id: string): Promise<N8nUser> {
  const row = await db.n8nUser.findUnique({ where: { id }, include: WITH_ENVIRONMENT });
  if (!row) throw notFound('n8n user');
  return toN8nUser(row);
}
