import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import type { Transaction } from '@/lib/kernel/db/database';
import type { ApiKey as Row } from '@/lib/kernel/db/generated/client';
import type { ApiKey, ListApiKeys } from './schema';

export async function listKeys(db: Transaction, query: z.output<typeof ListApiKeys>): Promise<Page<ApiKey>> {
  const where = {
    ...(query.search ? { name: { contains: literally(query.search), mode: 'insensitive' as const } } : {}),
    ...inStatus(query.status),
  };
  const rows = await db.apiKey.findMany({ where, ...toSlice(query) });
  return toPage(await toApiKeys(db, rows), await db.apiKey.count({ where }), query);
}

function inStatus(status: ApiKey['status'] | undefined) {
  const now = new Date();
  if (status === 'revoked') return { revokedAt: { not: null } };
  if (status === 'expired') return { revokedAt: null, expiresAt: { lte: now } };
  if (status === 'active') return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  return {};
}

export async function toApiKeys(db: Transaction, rows: readonly Row[]): Promise<ApiKey[]> {
  const ids = [...new Set(rows.map(({ createdBy }) => createdBy))];
  const makers = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } });
  const addresses = new Map(makers.map(({ id, email }) => [id, email]));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    status: statusOf(row),
    createdBy: { id: row.createdBy, email: addresses.get(row.createdBy) ?? null },
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }));
}

function statusOf({ revokedAt, expiresAt }: Row): ApiKey['status'] {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt.getTime() <= Date.now() ? 'expired' : 'active';
}

/** Ends a key for good; one that has ended already stays as it is. */
export async function revokeKey(db: Transaction, id: string): Promise<Row> {
  const row = await db.apiKey.findUnique({ where: { id } });
  if (!row) throw notFound('API key');
  await db.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  return row;
}
