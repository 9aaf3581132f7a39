import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { DriftFlag, Prisma } from '@/lib/kernel/db/generated/client';
import { SQL_NULL } from '@/lib/kernel/db/sql';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { toDifference } from '../drift-detection/store';
import { SEVERITIES } from '../drift-policies/model';
import type { DriftReport, DriftReportDetail, ListDriftReportFlags, ListDriftReports } from './schema';

/** A check shows so many of its flags; the list has them all. */
const SHOWN_FLAGS = 200;
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

/** A check with its gravest flags, which an earlier one may have written. Throws `not_found`. */
export async function getReport(db: TenantDb, id: string): Promise<DriftReportDetail> {
  const row = await getCheck(db, id);
  const checkId = row.flagsOf;
  if (!checkId) return { ...toReport(row), flagCount: 0, flags: [] };
  const ranked = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM drift_flags WHERE check_id = ${checkId}::uuid
    ORDER BY expected IS NOT NULL, array_position(${[...SEVERITIES]}::text[], severity::text) DESC, name, id
    LIMIT ${SHOWN_FLAGS}`;
  const flags = await db.driftFlag.findMany({ where: { id: { in: ranked.map((one) => one.id) } } });
  const byId = new Map(flags.map((flag) => [flag.id, flag]));
  return {
    ...toReport(row),
    flagCount: await db.driftFlag.count({ where: { checkId } }),
    flags: ranked.map((one) => toFlag(byId.get(one.id)!)),
  };
}

/** All flags of a check. Throws `not_found`. */
export async function listFlags(db: TenantDb, query: z.output<typeof ListDriftReportFlags>) {
  const { id, search, driftClass, severity, expected } = query;
  const { flagsOf } = await getCheck(db, id);
  if (!flagsOf) return toPage([], 0, query);
  const name = search ? { contains: search.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const } : undefined;
  const where: Prisma.DriftFlagWhereInput = {
    checkId: flagsOf,
    ...{ name, driftClass, severity },
    expected: expected === undefined ? undefined : expected ? { not: SQL_NULL } : { equals: SQL_NULL },
  };
  const rows = await db.driftFlag.findMany({ where, ...toSlice(query) });
  return toPage(rows.map(toFlag), await db.driftFlag.count({ where }), query);
}

async function getCheck(db: TenantDb, id: string): Promise<Row> {
  const row = await db.driftCheck.findUnique({ where: { id }, include: WITH_ENVIRONMENT });
  if (!row) throw notFound('report');
  return row;
}

const toFlag = (flag: DriftFlag): DriftReportDetail['flags'][number] => ({
  ...toDifference(flag),
  key: flag.key,
  workflowId: flag.workflowId,
  n8nId: flag.n8nId,
  name: flag.name,
});
