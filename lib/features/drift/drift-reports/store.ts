import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Prisma } from '@/lib/kernel/db/generated/client';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { toDifference } from '../drift-detection/store';
import { byGravity } from '../incidents/store';
import type { DriftReport, DriftReportDetail, ListDriftReports } from './schema';

const WITH_ENVIRONMENT = { environment: { select: REF } } as const;
type Row = Prisma.DriftCheckGetPayload<{ include: typeof WITH_ENVIRONMENT }>;

const toReport = (row: Row): DriftReport => ({
  id: row.id,
  environment: toRef(row.environment),
  status: row.status as DriftReport['status'],
  trigger: row.trigger as DriftReport['trigger'],
  startedBy: (row.actor as Actor).label,
  startedAt: row.startedAt.toISOString(),
  durationMs: row.durationMs,
  approvedSha: row.approvedSha,
  workflowCount: row.workflowCount,
  comparedCount: row.comparedCount,
  driftedCount: row.driftedCount,
  expectedCount: row.expectedCount,
  unmanagedCount: row.unmanagedCount,
  byClass: row.byClass as DriftReport['byClass'],
  problem: row.problem as DriftReport['problem'],
});

export async function listReports(db: TenantDb, query: z.output<typeof ListDriftReports>): Promise<Page<DriftReport>> {
  const { search, environmentId, status, trigger, from, to } = query;
  const name = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
  const where = { environmentId, status, trigger, startedAt: { gte: from, lte: to }, environment: { name } };
  const rows = await db.driftCheck.findMany({ where, include: WITH_ENVIRONMENT, ...toSlice(query) });
  return toPage(rows.map(toReport), await db.driftCheck.count({ where }), query);
}

/** A check with its flags, which an earlier one may have written. Throws `not_found`. */
export async function getReport(db: TenantDb, id: string): Promise<DriftReportDetail> {
  const row = await db.driftCheck.findUnique({ where: { id }, include: WITH_ENVIRONMENT });
  if (!row) throw notFound('report');
  const flags = row.flagsOf ? await db.driftFlag.findMany({ where: { checkId: row.flagsOf } }) : [];
  return {
    ...toReport(row),
    flags: flags.toSorted(byGravity).map((flag) => ({
      ...toDifference(flag),
      key: flag.key,
      workflowId: flag.workflowId,
      n8nId: flag.n8nId,
      name: flag.name,
    })),
  };
}
