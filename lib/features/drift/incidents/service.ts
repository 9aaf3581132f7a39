import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { readPolicy } from '../drift-policies/store';
import { blockRuleOf, escalationOf, type IncidentStatus } from './model';
import { tell } from './notice-jobs';
import { target } from './sighting';
import { changed, type IncidentRow, note } from './store';

export { recordSighting, type Sighting } from './sighting';

/** An incident that stands in the way of promotions into its environment. */
export type BlockingIncident = {
  id: string;
  title: string;
  severity: string;
  status: string;
  dueAt: Date;
  /** Which part of the policy it is. */
  rule: 'drift_open' | 'drift_expired';
};

const modelled = (row: IncidentRow) => ({ ...row, status: row.status as IncidentStatus });

/** What the policy lets stop a promotion into this environment now; empty when nothing does. */
export async function blockingIncidents(db: TenantDb, environmentId: string): Promise<BlockingIncident[]> {
  const policy = await readPolicy(db);
  const rows = await db.incident.findMany({ where: { environmentId, status: { not: 'closed' } } });
  return rows.flatMap((row) => {
    const rule = blockRuleOf(modelled(row), policy, new Date());
    const { id, title, severity, status, dueAt } = row;
    return rule ? [{ id, title, severity, status, dueAt, rule }] : [];
  });
}

/**
 * Does what time does: says that an incident is due soon, and escalates one that is overdue. Each once, however often
 * it is asked. It stays open either way.
 */
export async function escalateIncidents(
  db: TenantDb,
  actor: Actor,
  now: Date,
): Promise<{ warned: number; expired: number }> {
  const policy = await readPolicy(db);
  const rows = await db.incident.findMany({ where: { status: { not: 'closed' }, expiredAt: null } });
  const done = { warned: 0, expired: 0 };
  for (const row of rows) {
    const step = escalationOf(modelled(row), policy, now);
    if (!step) continue;
    const column = step === 'expired' ? 'expiredAt' : 'warnedAt';
    const { count } = await db.incident.updateMany({
      where: { id: row.id, status: { not: 'closed' }, dueAt: row.dueAt, [column]: null },
      data: { [column]: now, version: { increment: 1 } },
    });
    if (count === 0) continue;
    done[step] += 1;
    await note(db, row.id, actor, step, { dueAt: row.dueAt.toISOString() });
    db.audit({ action: `incident.${step}`, target: target(row), details: { dueAt: row.dueAt.toISOString() } });
    if (step === 'expired' ? policy.notifyOnExpiry : policy.warningHours > 0) await tell(db, row, step);
    db.emit(changed(row));
  }
  return done;
}
