import { notFound } from '@/lib/core/errors';
import type { Run } from '@/lib/features/change/journal/schema';
import { getRun } from '@/lib/features/change/journal/service';
import { roleOf } from '@/lib/features/connections/environments/model';
import { toGuarded } from '@/lib/features/connections/environments/service';
import type { DriftApproval, IncidentEvent, Reconciliation } from '@/lib/kernel/db/generated/client';
import type { Actor, Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { readPolicy } from '../drift-policies/store';
import { actionsOf } from './actions';
import { readAffectedInDetail, toAffectedInDetail } from './affected-store';
import type { IncidentStatus } from './model';
import type { Incident } from './schema';
import { runningReconciliation, toSummary } from './store';

/** The newest ones: of an incident that stayed open for months a page shows no more. */
const MOST_ENTRIES = 500;
const MOST_DECISIONS = 20;
const MOST_WORKFLOWS = 200;

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** Everything that one page about an incident needs. Throws `not_found`. */
export async function getIncidentDetail(db: TenantDb, id: string, principal: Principal): Promise<Incident> {
  const row = await db.incident.findUnique({
    where: { id },
    include: {
      environment: true,
      timeline: { orderBy: [{ at: 'desc' }, { id: 'desc' }], take: MOST_ENTRIES },
      approvals: { orderBy: { requestedAt: 'desc' }, take: MOST_DECISIONS },
      reconciliations: { orderBy: { createdAt: 'desc' }, take: MOST_DECISIONS },
    },
  });
  if (!row) throw notFound('incident');
  const { timeline, approvals, reconciliations, environment } = row;
  const workflows = await readAffectedInDetail(db, id, MOST_WORKFLOWS);
  const summary = toSummary({ ...row, workflows });
  const newestRun = reconciliations.find(({ runId }) => runId)?.runId;
  const run = newestRun ? await getRun(db, newestRun) : null;
  return {
    ...summary,
    affectedWorkflows: workflows.gravest.map(toAffectedInDetail),
    timeline: timeline.map(toEntry).reverse(),
    approvals: approvals.map(toApprovalRef),
    reconciliations: reconciliations.map((one) => toReconciliation(one, run)),
    actions: actionsOf({
      status: row.status as IncidentStatus,
      openCount: summary.openCount,
      running: (await runningReconciliation(db, id)) !== null,
      environment: toGuarded(environment),
      role: roleOf(principal),
      mayWrite: principal.permissions.has('incident:write'),
      policy: await readPolicy(db),
    }),
  };
}

const toEntry = ({ id, at, type, actor, details }: IncidentEvent): Incident['timeline'][number] => ({
  id,
  type,
  at: at.toISOString(),
  actor: actor as Actor,
  details: details as Incident['timeline'][number]['details'],
});

const toApprovalRef = (row: DriftApproval): Incident['approvals'][number] => ({
  id: row.id,
  action: row.action as Incident['approvals'][number]['action'],
  status: row.status,
  requestedBy: (row.requester as Actor).label,
  requestedAt: row.requestedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});

const toReconciliation = (row: Reconciliation, run: Run | null): Incident['reconciliations'][number] => ({
  id: row.id,
  resolution: row.resolution as Incident['reconciliations'][number]['resolution'],
  status: row.status as Incident['reconciliations'][number]['status'],
  reason: row.reason,
  by: (row.actor as Actor).label,
  workflowCount: row.keys.length,
  expiresAt: iso(row.expiresAt),
  jobId: row.jobId,
  runId: row.runId,
  run: run && run.id === row.runId ? run : null,
  commitSha: row.commitSha,
  problem: row.problem as Incident['reconciliations'][number]['problem'],
  createdAt: row.createdAt.toISOString(),
  finishedAt: iso(row.finishedAt),
});
