import type { z } from 'zod';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import type { Transaction } from '@/lib/kernel/db/database';
import { SESSION_IDLE_MS } from './model';
import type { ListSessions, OwnTenant, Session } from './schema';

/** Those of a person's sessions that still let them in. */
export async function listSessionsOf(
  db: Transaction,
  user: { id: string; sessionId: string },
  query: z.output<typeof ListSessions>,
): Promise<Page<Session>> {
  const alive = { expiresAt: { gt: new Date() }, lastSeenAt: { gt: new Date(Date.now() - SESSION_IDLE_MS) } };
  const where = { userId: user.id, ...alive };
  const rows = await db.session.findMany({ where, ...toSlice(query) });
  const items = rows.map((row) => ({
    id: row.publicId,
    current: row.publicId === user.sessionId,
    method: row.method,
    ip: row.ip,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
  return toPage(items, await db.session.count({ where }), query);
}

/** The organisations a person may enter, oldest membership first. */
export async function tenantsOf(db: Transaction, userId: string): Promise<z.input<typeof OwnTenant>[]> {
  const rows = await db.membership.findMany({
    where: { userId, tenant: { status: { not: 'suspended' } } },
    include: { tenant: true },
    orderBy: { createdAt: 'asc' },
    take: 200,
  });
  return rows.map(({ role, tenant: { id, slug, name, status } }) => ({ id, slug, name, status, role }));
}
