import type { z } from 'zod';
import { conflict, notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Restore as Row } from '@/lib/kernel/db/generated/client';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { SnapshotKind } from '../snapshots/model';
import type { FoundSecret } from '../snapshots/secrets';
import type { RestoreStatus } from './model';
import type { ListRestores, RestoreItem, RestoreProblem, RestoreSummary } from './schema';

/** What was found when it was planned, kept with it. */
export type RestoreScope = { workflows: RestoreItem[]; unchanged: number; left: string[] };

type SnapshotOfRow = { id: string; kind: string; message: string; commitSha: string; createdAt: Date };
type EnvironmentOfRow = { id: string; name: string; slug: string; class: 'dev' | 'staging' | 'production' };
export type RestoreRow = Row & { environment: EnvironmentOfRow; snapshot: SnapshotOfRow };

const WITH = {
  environment: { select: REF },
  snapshot: { select: { id: true, kind: true, message: true, commitSha: true, createdAt: true } },
} as const;

export const scopeOf = ({ scope }: Pick<Row, 'scope'>) => scope as RestoreScope;
export const problemsOf = ({ problems }: Pick<Row, 'problems'>) => problems as RestoreProblem[];
/** In what was kept so far. */
export const secretsOf = ({ outcome }: Pick<Row, 'outcome'>) =>
  (outcome as { secrets?: FoundSecret[] } | null)?.secrets ?? [];
export const snapshotFace = ({ id, kind, message, commitSha, createdAt }: SnapshotOfRow) => ({
  id,
  kind: kind as SnapshotKind,
  message,
  commitSha,
  createdAt: createdAt.toISOString(),
});

export const toSummary = (row: RestoreRow): RestoreSummary => ({
  id: row.id,
  environment: toRef(row.environment),
  snapshot: snapshotFace(row.snapshot),
  status: row.status as RestoreStatus,
  reason: row.reason,
  actor: row.actor as Actor,
  workflowCount: scopeOf(row).workflows.length,
  jobId: row.jobId,
  preSnapshotId: row.preSnapshotId,
  postSnapshotId: row.postSnapshotId,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

export async function listRestoreRows(
  db: TenantDb,
  query: z.output<typeof ListRestores>,
): Promise<Page<RestoreSummary>> {
  const { environmentId, snapshotId, status } = query;
  const where = { environmentId, snapshotId, status };
  const rows = await db.restore.findMany({ where, include: WITH, ...toSlice(query) });
  return toPage(rows.map(toSummary), await db.restore.count({ where }), query);
}

/** `path`: the field that named it. */
export async function getRestoreRow(db: TenantDb, id: string, path?: string): Promise<RestoreRow> {
  const row = await db.restore.findUnique({ where: { id }, include: WITH });
  if (!row) throw notFound('restore', path);
  return row;
}

/** For exactly one of those who ask: from planned to running, or once more when its job was given up on the way. */
export async function claimRestore(db: TenantDb, row: RestoreRow, reason: string | undefined): Promise<void> {
  const { id, version } = row;
  const where = { id, version, status: (await isAbandoned(db, row)) ? 'running' : 'planned' };
  const data = { status: 'running', startedAt: new Date(), version: { increment: 1 }, ...(reason ? { reason } : {}) };
  const { count } = await db.restore.updateMany({ where, data });
  if (count === 0) throw conflict('This restore has been started already.', 'already_started');
}

/** Started, and no job carries it on. */
export async function isAbandoned(db: TenantDb, { id, status }: Pick<Row, 'id' | 'status'>): Promise<boolean> {
  if (status !== 'running') return false;
  const where = { type: 'restore-run', singletonKey: id, status: { in: ['pending' as const, 'running' as const] } };
  return (await db.backgroundJob.count({ where })) === 0;
}

export const updateRestore = (db: TenantDb, id: string, data: Parameters<TenantDb['restore']['update']>[0]['data']) =>
  db.restore.update({ where: { id }, data: { ...data, version: { increment: 1 } } });
