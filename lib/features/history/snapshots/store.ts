import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally, storable } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Snapshot as Row } from '@/lib/kernel/db/generated/client';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ChangeCounts, SnapshotChange, SnapshotKind } from './model';
import type { ListSnapshots, Snapshot } from './schema';

/** One workflow that a snapshot brought anew, changed, or lost. */
export type RecordedChange = {
  lineageId: string | null;
  n8nId: string | null;
  name: string;
  change: SnapshotChange;
};

type EnvironmentOfRow = { id: string; name: string; slug: string; class: 'dev' | 'staging' | 'production' };
export type SnapshotRow = Omit<Row, 'changes'> & { environment: EnvironmentOfRow };
export type WholeSnapshotRow = Row & { environment: EnvironmentOfRow };

const WITH_ENVIRONMENT = { environment: { select: REF } } as const;

export const toSnapshot = (row: SnapshotRow): Snapshot => ({
  ...row,
  environment: toRef(row.environment),
  kind: row.kind as SnapshotKind,
  changed: row.changed as ChangeCounts,
  actor: row.actor as Actor,
  createdAt: row.createdAt.toISOString(),
});

export async function listSnapshotRows(db: TenantDb, query: z.output<typeof ListSnapshots>): Promise<Page<Snapshot>> {
  const { search, kind, deploymentId } = query;
  const ofWorkflow = query.workflowId ? await whereWorkflow(db, query.workflowId) : {};
  const where = {
    environmentId: query.environmentId,
    kind,
    deploymentId,
    ...(search ? { message: { contains: literally(search), mode: 'insensitive' as const } } : {}),
    ...ofWorkflow,
  };
  const rows = await db.snapshot.findMany({
    where,
    omit: { changes: true },
    include: WITH_ENVIRONMENT,
    ...toSlice(query),
  });
  return toPage(rows.map(toSnapshot), await db.snapshot.count({ where }), query);
}

/** The snapshots of its environment that brought a workflow, or another version of it. */
async function whereWorkflow(db: TenantDb, workflowId: string) {
  const workflow = await db.workflow.findUnique({
    where: { id: workflowId },
    select: { environmentId: true, n8nId: true },
  });
  if (!workflow) throw notFound('workflow', 'workflowId');
  const { environmentId, n8nId } = workflow;
  const versions = (['added', 'modified'] as const).map((change) => ({
    changes: { array_contains: [{ n8nId, change }] },
  }));
  return { AND: [{ environmentId }, { OR: versions }] };
}

/** `path`: the field that named it. */
export async function getSnapshotRow(db: TenantDb, id: string, path?: string): Promise<WholeSnapshotRow> {
  const row = await db.snapshot.findUnique({ where: { id }, include: WITH_ENVIRONMENT });
  if (!row) throw notFound('snapshot', path);
  return row;
}

export type NewSnapshot = Pick<Row, 'environmentId' | 'commitSha' | 'message' | 'workflowCount' | 'deploymentId'> & {
  kind: SnapshotKind;
  changed: ChangeCounts;
  changes: readonly RecordedChange[];
  actor: Actor;
};

/** The record of this commit for this cause, made when there is none yet. */
export async function saveSnapshot(db: TenantDb, snapshot: NewSnapshot): Promise<{ id: string; isNew: boolean }> {
  const { environmentId, kind, commitSha, deploymentId } = snapshot;
  const changes = snapshot.changes.map((change) => ({ ...change, name: storable(change.name) }));
  const data = { ...snapshot, changes, message: storable(snapshot.message) };
  const [made] = await db.snapshot.createManyAndReturn({ data: [data], skipDuplicates: true, select: { id: true } });
  if (made) return { ...made, isNew: true };
  const where = { environmentId, kind, commitSha, deploymentId };
  const { id } = await db.snapshot.findFirstOrThrow({ where, select: { id: true } });
  return { id, isNew: false };
}

export type Reading = { commitSha: string; stamps: Record<string, string> };

/** What the newest snapshot of what runs was read from; null before the first one. */
export async function loadReading(db: TenantDb, environmentId: string): Promise<Reading | null> {
  const row = await db.snapshotReading.findFirst({ where: { environmentId } });
  return row && { commitSha: row.commitSha, stamps: row.stamps as Reading['stamps'] };
}

export async function saveReading(db: TenantDb, environmentId: string, reading: Reading): Promise<void> {
  const { count } = await db.snapshotReading.updateMany({ where: { environmentId }, data: reading });
  if (count === 0) await db.snapshotReading.createMany({ data: [{ environmentId, ...reading }], skipDuplicates: true });
}
