import { limitByTenant } from '@/lib/features/plans/entitlements/service';
import type { Transaction } from '@/lib/kernel/db/database';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { OPEN } from './model';

const DAY_MS = 86_400_000;
const LIMIT = 'log_retention_days';

/** The plan keeps runs that were ordered at this moment or later; null: all. */
export async function keptSince(db: TenantDb): Promise<Date | null> {
  const [own] = await limitByTenant(db, LIMIT);
  return own ? new Date(Date.now() - own.value * DAY_MS) : null;
}

/** Tenants that have runs older than their plan keeps. */
export async function tenantsWithExpired(db: Transaction): Promise<string[]> {
  const limited = await limitByTenant(db, LIMIT);
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT kept.id FROM unnest(${limited.map(({ tenantId }) => tenantId)}::uuid[],
      ${limited.map(({ value }) => value)}::int[]) AS kept(id, days)
    WHERE EXISTS (SELECT FROM executions WHERE tenant_id = kept.id AND status <> ALL(${[...OPEN]})
      AND ordered_at < now() - make_interval(days => kept.days))`;
  return rows.map(({ id }) => id);
}

/** Removes up to `most` of the oldest runs that ended before; one that still waits is no log yet. */
export const removeExecutions = (db: TenantDb, before: Date, most: number): Promise<number> =>
  db.$executeRaw`
    DELETE FROM executions WHERE id IN (
      SELECT id FROM executions WHERE ordered_at < ${before} AND status <> ALL(${[...OPEN]})
      ORDER BY ordered_at LIMIT ${most})`;
