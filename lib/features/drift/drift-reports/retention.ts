import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { readPolicy } from '../drift-policies/store';

export type Pruned = { checks: number; incidents: number; approvals: number };

const DAY = 86_400_000;
/** Rows that one statement takes, so that nothing is locked for long. */
const BATCH = 5_000;

type InTransaction = <T>(work: (db: TenantDb) => Promise<T>) => Promise<T>;

/**
 * Forgets what the policy lets go: checks, closed incidents with all that belongs to them, decided approvals. The
 * newest check of an environment stays, and the one that has its flags. 0 days keep for ever.
 */
export async function pruneDrift(tx: InTransaction, now: Date): Promise<Pruned> {
  const { checkDays, incidentDays, approvalDays } = await tx(readPolicy);
  const before = (days: number) => new Date(now.getTime() - days * DAY);
  const checks = checkDays === 0 ? 0 : await whileAny(() => tx((db) => pruneChecks(db, before(checkDays))));
  const incidents = incidentDays === 0 ? 0 : await whileAny(() => tx((db) => pruneIncidents(db, before(incidentDays))));
  const approvals = approvalDays === 0 ? 0 : await whileAny(() => tx((db) => pruneApprovals(db, before(approvalDays))));
  return { checks, incidents, approvals };
}

async function whileAny(prune: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await prune();
    total += count;
    if (count < BATCH) return total;
  }
}

const pruneChecks = (db: TenantDb, cutoff: Date): Promise<number> => db.$executeRaw`
  WITH newest AS (
    SELECT DISTINCT ON (environment_id) id, flags_of FROM drift_checks WHERE status <> 'failed'
    ORDER BY environment_id, started_at DESC, id DESC),
  needed AS (
    SELECT id FROM newest UNION SELECT flags_of FROM newest WHERE flags_of IS NOT NULL
    UNION SELECT flags_of FROM drift_checks WHERE flags_of IS NOT NULL AND started_at >= ${cutoff})
  DELETE FROM drift_checks WHERE id IN (
    SELECT id FROM drift_checks WHERE started_at < ${cutoff} AND id NOT IN (SELECT id FROM needed) LIMIT ${BATCH})`;

const pruneIncidents = (db: TenantDb, cutoff: Date): Promise<number> => db.$executeRaw`
  DELETE FROM incidents WHERE id IN (
    SELECT id FROM incidents WHERE status = 'closed' AND closed_at < ${cutoff} LIMIT ${BATCH})`;

const pruneApprovals = (db: TenantDb, cutoff: Date): Promise<number> => db.$executeRaw`
  DELETE FROM drift_approvals WHERE id IN (
    SELECT id FROM drift_approvals WHERE requested_at < ${cutoff} AND expires_at < ${cutoff} LIMIT ${BATCH})`;
