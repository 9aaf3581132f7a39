import { conflict, invalidField, notFound } from '@/lib/core/errors';
import type { IncidentWorkflow, Reconciliation } from '@/lib/kernel/db/generated/client';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { gravest, type Severity } from '../drift-policies/model';
import { combine, type DriftClass, driftDigest, type Outcome, type Resolution, titleOf } from '../incidents/model';
import { changed, getIncidentRow, type IncidentRow, note, transition } from '../incidents/store';

export type ReconciliationRow = Reconciliation;
export type TargetRow = IncidentWorkflow;
export type Ended =
  | { status: 'completed'; commitSha?: string }
  | { status: 'failed' | 'needs_attention'; problem: Problem };
export type Problem = { code: string; detail: string };

/** A decision is void once either side of what it was made on is another. */
export const driftMoved = (names: readonly string[]) =>
  conflict(`It differs otherwise than when this was decided: ${names.join(', ')}. Nothing was done.`, 'drift_moved');

/** The open workflows that a resolution is for: those named, or all. Throws `invalid` naming one that is not open. */
export async function openTargets(
  db: TenantDb,
  incidentId: string,
  workflowIds?: readonly string[],
): Promise<TargetRow[]> {
  const open = await db.incidentWorkflow.findMany({ where: { incidentId, status: 'open' }, orderBy: { key: 'asc' } });
  const known = new Set(open.map(({ workflowId }) => workflowId));
  const unknown = workflowIds?.findIndex((id) => !known.has(id)) ?? -1;
  if (unknown >= 0) {
    throw invalidField(`workflowIds.${unknown}`, 'This is no open workflow of the incident.', 'not_open');
  }
  const chosen = workflowIds ? open.filter(({ workflowId }) => workflowIds.includes(workflowId!)) : open;
  if (chosen.length === 0) throw conflict('Nothing is left to resolve; the next check decides.', 'nothing_open');
  return chosen;
}

export async function getReconciliation(db: TenantDb, id: string): Promise<ReconciliationRow> {
  const row = await db.reconciliation.findUnique({ where: { id } });
  if (!row) throw notFound('resolution');
  return row;
}

export const targetsOf = (db: TenantDb, { incidentId, keys }: ReconciliationRow): Promise<TargetRow[]> =>
  db.incidentWorkflow.findMany({ where: { incidentId, key: { in: keys } }, orderBy: { key: 'asc' } });

/**
 * Ends a resolution, once: its workflows are settled and the incident moves on, or it says why not. False when it had
 * ended already.
 */
export async function endReconciliation(
  db: TenantDb,
  reconciliation: ReconciliationRow,
  ended: Ended,
  actor: Actor,
): Promise<boolean> {
  const { id, incidentId, resolution, keys } = reconciliation;
  const { count } = await db.reconciliation.updateMany({
    where: { id, status: 'pending' },
    data: { ...ended, finishedAt: new Date() },
  });
  if (count === 0) return false;
  const incident = await getIncidentRow(db, incidentId);
  const details = { reconciliationId: id, resolution, ...ended };
  await note(db, incidentId, actor, ended.status === 'completed' ? 'resolved' : 'resolution_failed', details);
  const after =
    ended.status === 'completed' ? await settle(db, incident, { resolution, keys } as Settled, actor) : incident;
  const target = { type: 'incident', id: incidentId, label: incident.title };
  db.audit({ action: `incident.resolution-${ended.status}`, target, details: { ...details, keys } });
  db.emit(changed(after));
  return true;
}

type Settled = { resolution: Resolution; keys: string[] };

async function settle(db: TenantDb, incident: IncidentRow, { resolution, keys }: Settled, actor: Actor) {
  const accepted = resolution === 'accept';
  const data = { status: accepted ? 'accepted' : 'resolved', settledAt: new Date() };
  await db.incidentWorkflow.updateMany({ where: { incidentId: incident.id, key: { in: keys }, status: 'open' }, data });
  // A check may have closed it while the job of this resolution was gone; nothing leaves `closed`.
  if (incident.status === 'closed') return incident;
  const open = await db.incidentWorkflow.findMany({ where: { incidentId: incident.id, status: 'open' } });
  const outcome = combine(incident.resolution as Outcome | null, resolution);
  if (open.length > 0) {
    const rest = open.map(({ name, driftClass, severity }) => ({
      name,
      driftClass: driftClass as DriftClass,
      severity: severity as Severity,
    }));
    const { name } = await db.environment.findUniqueOrThrow({ where: { id: incident.environmentId } });
    return db.incident.update({
      where: { id: incident.id },
      data: {
        resolution: outcome,
        severity: gravest(rest.map((one) => one.severity)),
        title: titleOf(rest, name),
        driftDigest: driftDigest(open),
        version: { increment: 1 },
      },
    });
  }
  // What is accepted needs no further look; all else is done when the next check says so.
  const to = accepted && outcome === 'accept' ? 'closed' : 'reconciled';
  const after = await transition(db, incident, to, { resolution: outcome });
  await note(db, incident.id, actor, to, { resolution: outcome });
  return after;
}
