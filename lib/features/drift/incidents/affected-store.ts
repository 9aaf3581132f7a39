import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { toPage, toSlice } from '@/lib/core/schema';
import type { IncidentWorkflow as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { SEVERITIES, type Severity } from '../drift-policies/model';
import type { DriftClass, DriftReason } from './model';
import type { ListIncidentWorkflows } from './schema';

type Affected = Omit<Row, 'sentences' | 'reasons'>;
/** The gravest workflows of an incident, and how many there are; it may have thousands. */
export type AffectedSummary = { gravest: readonly Affected[]; count: number; open: number };

export const toAffected = (row: Affected) => ({
  key: row.key,
  workflowId: row.workflowId,
  n8nId: row.n8nId,
  name: row.name,
  driftClass: row.driftClass as DriftClass,
  classes: row.classes as DriftClass[],
  severity: row.severity as Severity,
  status: row.status as 'open' | 'resolved' | 'accepted' | 'gone',
  detectedAt: row.detectedAt.toISOString(),
  settledAt: row.settledAt?.toISOString() ?? null,
});

export const toAffectedInDetail = (row: Row) => ({
  ...toAffected(row),
  sentences: row.sentences as string[],
  reasons: row.reasons as DriftReason[],
});

/** Of each incident the gravest workflows, and the counts. */
export async function readAffected(
  db: TenantDb,
  incidentIds: string[],
  most: number,
): Promise<(id: string) => AffectedSummary> {
  const ranked = await rankAffected(db, incidentIds, most);
  const rows = await db.incidentWorkflow.findMany({
    where: { id: { in: ranked } },
    omit: { sentences: true, reasons: true },
  });
  const gravest = Map.groupBy(inOrder(rows, ranked), ({ incidentId }) => incidentId);
  const countsOf = await countAffected(db, incidentIds);
  return (id) => ({ gravest: gravest.get(id) ?? [], ...countsOf(id) });
}

/** The gravest workflows of one incident with all that is said about them, the open ones first. */
export async function readAffectedInDetail(db: TenantDb, incidentId: string, most: number) {
  const ranked = await rankAffected(db, [incidentId], most);
  const rows = await db.incidentWorkflow.findMany({ where: { id: { in: ranked } } });
  const countsOf = await countAffected(db, [incidentId]);
  return { gravest: inOrder(rows, ranked), ...countsOf(incidentId) };
}

/** All workflows of an incident. Throws `not_found`. */
export async function listAffected(db: TenantDb, query: z.output<typeof ListIncidentWorkflows>) {
  const { id, search, status, driftClass, severity } = query;
  if ((await db.incident.count({ where: { id } })) === 0) throw notFound('incident');
  const name = search ? { contains: search.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const } : undefined;
  const where = { incidentId: id, name, status, driftClass, severity };
  const rows = await db.incidentWorkflow.findMany({ where, ...toSlice(query) });
  return toPage(rows.map(toAffectedInDetail), await db.incidentWorkflow.count({ where }), query);
}

/** Ids: what is open first, then the gravest, then by name. */
async function rankAffected(db: TenantDb, incidentIds: string[], most: number): Promise<string[]> {
  const ranked = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, row_number() OVER (PARTITION BY incident_id
        ORDER BY status <> 'open', array_position(${[...SEVERITIES]}::text[], severity::text) DESC, name, id) AS place
      FROM incident_workflows WHERE incident_id = ANY (${incidentIds}::uuid[])) ranked
    WHERE place <= ${most} ORDER BY place`;
  return ranked.map(({ id }) => id);
}

async function countAffected(db: TenantDb, incidentIds: string[]) {
  const where = { incidentId: { in: incidentIds } };
  const counted = await db.incidentWorkflow.groupBy({ by: ['incidentId', 'status'], where, _count: true });
  return (id: string) => {
    const own = counted.filter(({ incidentId }) => incidentId === id);
    const sum = (some: typeof own) => some.reduce((total, { _count }) => total + _count, 0);
    return { count: sum(own), open: sum(own.filter(({ status }) => status === 'open')) };
  };
}

function inOrder<T extends { id: string }>(rows: readonly T[], ids: readonly string[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
