import type { z } from 'zod';
import { conflict, notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Incident as Row } from '@/lib/kernel/db/generated/client';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { SEVERITIES, type Severity } from '../drift-policies/model';
import { type AffectedSummary, readAffected, toAffected } from './affected-store';
import { INCIDENT_STATUSES, type IncidentStatus, isOverdue, type Outcome, sourcesOf } from './model';
import type { IncidentStats, IncidentSummary, ListIncidents } from './schema';

export type IncidentRow = Row;
/** A list shows so many workflows of each incident. */
const LISTED_WORKFLOWS = 20;
const WITH_ENVIRONMENT = { environment: { select: REF } } as const;

type SummaryRow = Row & { environment: Parameters<typeof toRef>[0]; workflows: AffectedSummary };

const iso = (date: Date | null) => date?.toISOString() ?? null;

export const toSummary = (row: SummaryRow): IncidentSummary => ({
  id: row.id,
  environment: toRef(row.environment),
  status: row.status as IncidentStatus,
  severity: row.severity as Severity,
  title: row.title,
  driftDigest: row.driftDigest,
  ownerId: row.ownerId,
  ticket: row.ticket,
  dueAt: row.dueAt.toISOString(),
  overdue: isOverdue({ ...row, status: row.status as IncidentStatus }, new Date()),
  expiredAt: iso(row.expiredAt),
  detectedAt: row.detectedAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  acknowledgedAt: iso(row.acknowledgedAt),
  stabilizedAt: iso(row.stabilizedAt),
  reconciledAt: iso(row.reconciledAt),
  closedAt: iso(row.closedAt),
  resolution: row.resolution as Outcome | null,
  affectedCount: row.workflows.count,
  openCount: row.workflows.open,
  affectedWorkflows: row.workflows.gravest.map(toAffected),
  version: row.version,
});

export async function listIncidentRows(
  db: TenantDb,
  query: z.output<typeof ListIncidents>,
): Promise<Page<IncidentSummary>> {
  const where = filterOf(query);
  const rows = await db.incident.findMany({ where, include: WITH_ENVIRONMENT, ...toSlice(query) });
  const ids = rows.map(({ id }) => id);
  const workflowsOf = await readAffected(db, ids, LISTED_WORKFLOWS);
  const summaries = rows.map((row) => toSummary({ ...row, workflows: workflowsOf(row.id) }));
  return toPage(summaries, await db.incident.count({ where }), query);
}

function filterOf(query: z.output<typeof ListIncidents>) {
  const { search, environmentId, status, open, severity, overdue, workflowId, driftClass, ownerId } = query;
  const workflows = workflowId || driftClass ? { some: { workflowId, driftClass } } : undefined;
  const contains = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
  const late = { dueAt: { lte: new Date() }, status: { not: 'closed' } };
  return {
    environmentId,
    severity,
    ownerId,
    workflows,
    ...(query.class ? { environment: { class: query.class } } : {}),
    AND: [
      { status },
      open === undefined ? {} : { status: open ? { not: 'closed' } : 'closed' },
      overdue === undefined ? {} : overdue ? late : { NOT: late },
      contains ? { OR: [{ title: contains }, { ticket: contains }, { workflows: { some: { name: contains } } }] } : {},
    ],
  };
}

export async function incidentStats(db: TenantDb): Promise<z.input<typeof IncidentStats>> {
  const rows = await db.incident.groupBy({ by: ['status', 'severity'], _count: true });
  const open = rows.filter(({ status }) => status !== 'closed');
  const sum = (some: typeof rows) => some.reduce((total, { _count }) => total + _count, 0);
  const overdue = await db.incident.count({ where: { status: { not: 'closed' }, dueAt: { lte: new Date() } } });
  const entries = <K extends string>(keys: readonly K[], of: (key: K) => typeof rows) =>
    Object.fromEntries(keys.map((key) => [key, sum(of(key))])) as Record<K, number>;
  return {
    open: sum(open),
    overdue,
    byStatus: entries(INCIDENT_STATUSES, (key) => rows.filter(({ status }) => status === key)),
    bySeverity: entries(SEVERITIES, (key) => open.filter(({ severity }) => severity === key)),
  };
}

/** `path`: the field that named it. */
export async function getIncidentRow(db: TenantDb, id: string, path?: string): Promise<Row> {
  const row = await db.incident.findUnique({ where: { id } });
  if (!row) throw notFound('incident', path);
  return row;
}

/** The row, held until the end of the transaction: of two that change it from the same version one is told. */
export async function lockIncident(db: TenantDb, id: string): Promise<Row> {
  await db.$queryRaw`SELECT 1 FROM incidents WHERE id = ${id}::uuid FOR UPDATE`;
  return getIncidentRow(db, id);
}

/** The one that is not closed, locked until the transaction ends. */
export async function lockOpenIncident(db: TenantDb, environmentId: string): Promise<Row | null> {
  const [found] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM incidents WHERE environment_id = ${environmentId}::uuid AND status <> 'closed' FOR UPDATE`;
  return found ? getIncidentRow(db, found.id) : null;
}

const STAMPS = {
  detected: {},
  acknowledged: { acknowledgedAt: true },
  stabilized: { stabilizedAt: true },
  reconciled: { reconciledAt: true },
  closed: { closedAt: true },
} as const satisfies Record<IncidentStatus, object>;

/**
 * Moves an incident by a conditional update, so that of two at once one is told. Throws `conflict` where the move is
 * not legal from where it stands.
 */
export async function transition(
  db: TenantDb,
  incident: Row,
  to: IncidentStatus,
  data: { resolution?: Outcome | null; ticket?: string } = {},
): Promise<Row> {
  const at = new Date();
  const stamps = Object.fromEntries(Object.keys(STAMPS[to]).map((field) => [field, at]));
  const [row] = await db.incident.updateManyAndReturn({
    where: { id: incident.id, status: { in: sourcesOf(to) } },
    data: {
      ...data,
      ...stamps,
      ...(to === 'detected' ? { reconciledAt: null } : {}),
      status: to,
      version: { increment: 1 },
    },
  });
  if (!row) throw conflict(`An incident that is ${incident.status} cannot become ${to}.`, 'illegal_transition');
  return row;
}

/** The resolution that a job still works on; one whose job died or was cancelled is not. */
export async function runningReconciliation(db: TenantDb, incidentId: string): Promise<{ id: string } | null> {
  const pending = await db.reconciliation.findFirst({
    where: { incidentId, status: 'pending' },
    select: { id: true, jobId: true },
  });
  if (!pending?.jobId) return pending;
  const active = { id: pending.jobId, status: { in: ['pending' as const, 'running' as const] } };
  return (await db.backgroundJob.count({ where: active })) > 0 ? pending : null;
}

/** One more line of the timeline. */
export async function note(
  db: TenantDb,
  incidentId: string,
  actor: Actor,
  type: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  await db.incidentEvent.create({ data: { incidentId, type, actor, details: details as object } });
}

export const changed = ({ id, environmentId, status }: Pick<Row, 'id' | 'environmentId' | 'status'>) => ({
  type: 'incident.changed',
  subject: id,
  payload: { environmentId, incidentId: id, status },
});
