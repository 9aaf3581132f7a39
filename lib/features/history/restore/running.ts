import { refreshApprovedIndex } from '@/lib/features/change/approved-state/service';
import { executeRun } from '@/lib/features/change/journal/execute-run';
import type { RunOutcome } from '@/lib/features/change/journal/outcome';
import { openRun } from '@/lib/features/change/journal/service';
import { takeIn } from '@/lib/features/change/journal/take-in';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { approveRun } from '../snapshots/approving-run';
import { type FoundSecret, placeOfSecret } from '../snapshots/secrets';
import { snapshotEnvironment } from '../snapshots/service';
import { isOver, movesApprovedState } from './model';
import { getRestoreRow, type RestoreRow, secretsOf, updateRestore } from './store';

/**
 * Runs a restore to its end: what runs is kept first, then the plan's writes by the journal, then links, approved state
 * and the record of what stands now. Each part is found done when the job is delivered again.
 */
export async function runRestore(ctx: JobContext, restoreId: string) {
  const row = await ctx.tx((db) => getRestoreRow(db, restoreId));
  if (isOver(row.status)) return { restoreId, status: row.status };
  await ctx.progress({ step: 'keeping', current: 0, total: 1 });
  // What cannot be read of what is approved must stop it before it writes, not after.
  if (!row.runId) await followsBaseline(ctx, row);
  await keepFirst(ctx, row);
  const runId = await ctx.tx(async (db) => {
    const opened = await openRun(db, { planId: row.planId! });
    await updateRestore(db, restoreId, { runId: opened });
    return opened;
  });
  const outcome = await executeRun(ctx, runId);
  await takeIn(ctx, { runId, method: 'explicit', actor: ctx.actor }, outcome);
  const kept = outcome.status === 'completed' ? await keepAfter(ctx, row, outcome) : null;
  await conclude(ctx, restoreId, outcome, kept);
  return { restoreId, status: outcome.status, postSnapshotId: kept?.id ?? null };
}

const told = ({ environment, snapshot }: RestoreRow) =>
  `${environment.name} to the snapshot of ${snapshot.createdAt.toISOString().slice(0, 16).replace('T', ' ')}`;

async function followsBaseline(ctx: JobContext, { environmentId, environment }: RestoreRow): Promise<boolean> {
  if (!movesApprovedState(environment.class)) return false;
  return (await refreshApprovedIndex(ctx, environmentId)) !== null;
}

/** What ran before: taken once, however often the job is delivered. */
async function keepFirst(ctx: JobContext, row: RestoreRow): Promise<void> {
  if (row.preSnapshotId || row.runId) return;
  const message = `Before restoring ${told(row)}`;
  const { environmentId } = row;
  const { id, secrets } = await snapshotEnvironment(ctx, { environmentId, kind: 'pre_restore', message });
  const outcome = { problems: [], workflows: [], secrets };
  await ctx.tx((db) => updateRestore(db, row.id, { preSnapshotId: id, outcome }));
}

type Kept = { id: string; secrets: FoundSecret[] };

/** Where an approved state follows, its commit is the record; else what runs now is kept. */
async function keepAfter(ctx: JobContext, row: RestoreRow, outcome: RunOutcome): Promise<Kept> {
  const { environmentId } = row;
  const message = `Restore ${told(row)}`;
  if (!(await followsBaseline(ctx, row))) {
    return snapshotEnvironment(ctx, { environmentId, kind: 'restore', message });
  }
  const cause = { environmentId, kind: 'restore', message: () => message } as const;
  return { id: (await approveRun(ctx, cause, outcome)).snapshotId, secrets: [] };
}

const conclude = (ctx: JobContext, restoreId: string, outcome: RunOutcome, kept: Kept | null) =>
  ctx.tx(async (db) => endRestore(db, await getRestoreRow(db, restoreId), outcome, kept));

/** Notes what a restore came to. */
export async function endRestore(db: TenantDb, row: RestoreRow, outcome: RunOutcome, kept: Kept | null = null) {
  const { status, problems } = outcome;
  const { environmentId, environment } = row;
  const workflows = outcome.workflows.map(({ remote: _remote, ...told }) => told);
  const secrets = [...secretsOf(row), ...(kept?.secrets ?? [])];
  const ended = { problems, workflows, secrets };
  await updateRestore(db, row.id, { status, postSnapshotId: kept?.id, finishedAt: new Date(), outcome: ended });
  const target = { type: 'environment', id: environmentId, label: environment.name };
  const met = problems.map(({ code, name }) => `${code}: ${name}`);
  const details = { restoreId: row.id, status, problems: met, secrets: secrets.map(placeOfSecret) };
  const succeeded = status === 'completed' ? 'succeeded' : 'failed';
  db.audit({ action: 'restore.finished', outcome: succeeded, target, details });
  db.emit({ type: 'restore.finished', subject: row.id, payload: { environmentId, status } });
}
