import { conflict } from '@/lib/core/errors';
import type { JobReceipt } from '@/lib/kernel/jobs/job';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Resolution } from '../incidents/model';
import { type IncidentRow, note, runningReconciliation } from '../incidents/store';
import { endReconciliation, openTargets, type ReconciliationRow } from './store';

type Request = { resolution: Resolution; workflowIds?: string[]; expiresAt?: string; acceptSecrets?: boolean };
type Beginning = { incident: IncidentRow; request: Request; reason: string; actor: Actor };

/**
 * Claims an incident for one resolution: of any number at once, one begins. The same request again gets the receipt of
 * the job that works on it; another one is a `conflict`. What a dead job left behind goes on, when its writes had begun,
 * and else makes room.
 */
export async function beginReconciliation(
  db: TenantDb,
  { incident, request, reason, actor }: Beginning,
): Promise<{ id: string; goesOn: boolean; receipt?: undefined } | { receipt: JobReceipt }> {
  const incidentId = incident.id;
  await db.$queryRaw`SELECT 1 FROM incidents WHERE id = ${incidentId}::uuid FOR UPDATE`;
  const standing = await db.reconciliation.findFirst({ where: { incidentId, status: 'pending' } });
  if (standing && (await runningReconciliation(db, incidentId))) {
    await assertSame(db, standing, request);
    return { receipt: { jobId: standing.jobId!, alreadyRunning: true } };
  }
  if (standing?.runId) {
    await assertSame(db, standing, request);
    return { id: standing.id, goesOn: true };
  }
  if (standing) {
    const problem = { code: 'abandoned', detail: 'Its job ended before anything was written.' };
    await endReconciliation(db, standing, { status: 'failed', problem }, actor);
  }
  const { resolution, workflowIds, expiresAt, acceptSecrets } = request;
  const { status, driftDigest } = await db.incident.findUniqueOrThrow({ where: { id: incidentId } });
  if (status === 'closed' || status === 'reconciled') {
    throw conflict(`The incident is ${status}: there is nothing to resolve.`, 'illegal_transition');
  }
  if (driftDigest !== incident.driftDigest) throw conflict('The drift moved at the same moment.', 'drift_moved');
  const keys = (await openTargets(db, incidentId, workflowIds)).map(({ key }) => key);
  const data = { incidentId, resolution, reason, driftDigest, keys, actor, expiresAt, acceptSecrets };
  const { id } = await db.reconciliation.create({ data, select: { id: true } });
  await note(db, incidentId, actor, 'resolution_started', { reconciliationId: id, resolution, reason, expiresAt });
  return { id, goesOn: false };
}

/** What stands is never carried on under the name of something else that was asked for, a part of it as all neither. */
async function assertSame(db: TenantDb, standing: ReconciliationRow, request: Request): Promise<void> {
  const { resolution, workflowIds, expiresAt, acceptSecrets = false } = request;
  const same =
    standing.resolution === resolution &&
    standing.acceptSecrets === acceptSecrets &&
    (standing.expiresAt?.getTime() ?? null) === (expiresAt ? Date.parse(expiresAt) : null) &&
    (workflowIds ? await isNamed(db, standing, workflowIds) : await isAll(db, standing));
  if (same) return;
  const detail = `A resolution (${standing.resolution}) has begun and has not ended. Wait for it, or ask for the same again.`;
  throw conflict(detail, 'resolution_running');
}

async function isNamed(db: TenantDb, { incidentId, keys }: ReconciliationRow, workflowIds: readonly string[]) {
  const where = { incidentId, key: { in: keys } };
  const rows = await db.incidentWorkflow.findMany({ where, select: { workflowId: true } });
  const named = new Set(rows.map(({ workflowId }) => workflowId));
  return new Set(workflowIds).size === named.size && workflowIds.every((id) => named.has(id));
}

const isAll = async (db: TenantDb, { incidentId, keys }: ReconciliationRow) =>
  (await db.incidentWorkflow.count({ where: { incidentId, status: 'open', key: { notIn: keys } } })) === 0;
