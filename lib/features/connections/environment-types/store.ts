import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import type { EnvironmentType as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { assertVersion } from '@/lib/kernel/version';
import type { EnvironmentType, ListEnvironmentTypes, UpdateEnvironmentType } from './schema';

const toEnvironmentType = (row: Row): EnvironmentType => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export async function listTypes(
  db: TenantDb,
  query: z.output<typeof ListEnvironmentTypes>,
): Promise<Page<EnvironmentType>> {
  const where = query.search ? { label: { contains: literally(query.search), mode: 'insensitive' as const } } : {};
  const rows = await db.environmentType.findMany({ where, ...toSlice(query) });
  return toPage(rows.map(toEnvironmentType), await db.environmentType.count({ where }), query);
}

/** `path`: the field that named it. */
export async function getType(db: TenantDb, id: string, path?: string): Promise<Row> {
  const row = await db.environmentType.findUnique({ where: { id } });
  if (!row) throw notFound('environment type', path);
  return row;
}

export async function createType(db: TenantDb, data: { key: string; label: string }): Promise<EnvironmentType> {
  const last = await db.environmentType.aggregate({ _max: { sortOrder: true } });
  const sortOrder = (last._max.sortOrder ?? -1) + 1;
  return toEnvironmentType(await db.environmentType.create({ data: { ...data, sortOrder } }));
}

export async function updateType(
  db: TenantDb,
  { id, ...data }: z.output<typeof UpdateEnvironmentType>,
  ifMatch: number | null,
): Promise<EnvironmentType> {
  assertVersion(await getType(db, id), ifMatch);
  return toEnvironmentType(
    await db.environmentType.update({ where: { id }, data: { ...data, version: { increment: 1 } } }),
  );
}

export const deleteType = (db: TenantDb, id: string) => db.environmentType.delete({ where: { id } });

export async function reorderTypes(db: TenantDb, orderedIds: string[]): Promise<void> {
  for (const [sortOrder, id] of orderedIds.entries()) {
    await getType(db, id, `orderedIds.${sortOrder}`);
    await db.environmentType.update({ where: { id }, data: { sortOrder, version: { increment: 1 } } });
  }
}
