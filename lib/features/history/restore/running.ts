import { approveWorkflows, refreshApprovedIndex } from '@/lib/features/change/approved-state/service';
import { executeRun } from '@/lib/features/change/journal/execute-run';
import type { RunOutcome, WorkflowOutcome } from '@/lib/features/change/journal/outcome';
import { openRun } from '@/lib/features/change/journal/service';
import { linkedWorkflows, linkWorkflow } from '@/lib/features/change/lineages/service';
import { saveWorkflows } from '@/lib/features/inventory/workflows/cache';
import { observe, readRemote } from '@/lib/features/inventory/workflows/observe';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import { versionFor } from '../snapshots/model';
import { recordSnapshot, snapshotEnvironment } from '../snapshots/service';
import { isOver, movesApprovedState } from './model';
import { getRestoreRow, type RestoreRow, scopeOf, updateRestore } from './store';

/**
 * Runs a restore to its end: what runs is kept first, then the plan's writes by the journal, then links, approved state
 * and the record of what stands now. Each part is found done when the job is delivered again.
 */
export async function runRestore(ctx: JobContext, restoreId: string) {
  const row = await ctx.tx((db) => getRestoreRow(db, restoreId));
  if (isOver(row.status)) return { restoreId, status: row.status };
  await ctx.progress({ step: 'keeping', current: 0, total: 1 });
  await keepFirst(ctx, row);
  const runId = await ctx.tx(async (db) => {
    const opened = await openRun(db, { planId: row.planId! });
    await updateRestore(db, restoreId, { runId: opened });
    return opened;
  });
  const outcome = await executeRun(ctx, runId);
  await takeIn(ctx, row, outcome.workflows);
  const postSnapshotId = outcome.status === 'completed' ? await keepAfter(ctx, row, outcome) : null;
  await conclude(ctx, row, outcome, postSnapshotId);
  return { restoreId, status: outcome.status, postSnapshotId };
}

const told = ({ environment, snapshot }: RestoreRow) =>
  `${environment.name} to the snapshot of ${snapshot.createdAt.toISOString().slice(0, 16).replace('T', ' ')}`;

/** What ran before: taken once, however often the job is delivered. */
async function keepFirst(ctx: JobContext, row: RestoreRow): Promise<void> {
  if (row.preSnapshotId || row.runId) return;
  const message = `Before restoring ${told(row)}`;
  const { id } = await snapshotEnvironment(ctx, { environmentId: row.environmentId, kind: 'pre_restore', message });
  await ctx.tx((db) => updateRestore(db, row.id, { preSnapshotId: id }));
}

/** The inventory learns what was read back, and a workflow that was made anew takes its lineage's place. */
async function takeIn(ctx: JobContext, { environmentId, ...row }: RestoreRow, outcomes: readonly WorkflowOutcome[]) {
  const items = new Map(scopeOf(row).workflows.map((item) => [item.key, item]));
  const remotes = outcomes.flatMap(({ remote }) => remote ?? []);
  await ctx.tx(async (db) => {
    await saveWorkflows(db, environmentId, remotes.map(observe));
    for (const { key, remote } of outcomes) {
      const item = items.get(key);
      if (item?.action !== 'create' || !item.lineageId || !remote) continue;
      const { id } = await db.workflow.findFirstOrThrow({
        where: { environmentId, n8nId: remote.id },
        select: { id: true },
      });
      const known = await db.lineage.findUnique({ where: { id: item.lineageId }, select: { id: true } });
      if (known) await linkWorkflow(db, { workflowId: id, lineageId: known.id, method: 'explicit', actor: ctx.actor });
    }
    db.emit({ type: 'workflow.changed', payload: { environmentId, count: remotes.length } });
  });
}

/** Where an approved state follows, its commit is the record; else what runs now is kept. */
async function keepAfter(ctx: JobContext, row: RestoreRow, { workflows }: RunOutcome): Promise<string> {
  const { environmentId, environment } = row;
  const message = `Restore ${told(row)}`;
  const index = await refreshApprovedIndex(ctx, environmentId);
  if (!movesApprovedState(environment.class, index !== null)) {
    return (await snapshotEnvironment(ctx, { environmentId, kind: 'restore', message })).id;
  }
  const linked = await ctx.tx((db) => linkedWorkflows(db, { environmentId }));
  const byN8nId = new Map(linked.map((one) => [one.n8nId, one]));
  const stands = workflows.flatMap(({ remote }) => {
    const link = remote && byN8nId.get(remote.id);
    return remote && link ? [{ remote, lineage: { id: link.lineageId, slug: link.lineageSlug } }] : [];
  });
  const { sha } = await approveWorkflows(ctx, {
    environmentId,
    scope: 'these',
    workflows: stands.flatMap(({ remote, lineage }) => {
      const read = remote.archived ? null : readRemote(remote).workflow;
      return read ? [{ lineage, n8nId: remote.id, workflow: versionFor(environment.class, read) }] : [];
    }),
    removed: stands.flatMap(({ remote, lineage }) => (remote.archived ? [lineage.id] : [])),
    message,
  });
  return (await recordSnapshot(ctx, { environmentId, kind: 'restore', commitSha: sha })).id;
}

async function conclude(ctx: JobContext, row: RestoreRow, outcome: RunOutcome, postSnapshotId: string | null) {
  const { status, problems } = outcome;
  const workflows = outcome.workflows.map(({ remote: _remote, ...told }) => told);
  await ctx.tx(async (db) => {
    const finished = { status, postSnapshotId, finishedAt: new Date(), outcome: { problems, workflows } };
    await updateRestore(db, row.id, finished);
    const { environmentId, environment } = row;
    const target = { type: 'environment', id: environmentId, label: environment.name };
    const details = { restoreId: row.id, status, problems: problems.map(({ code, name }) => `${code}: ${name}`) };
    const succeeded = status === 'completed' ? 'succeeded' : 'failed';
    db.audit({ action: 'restore.finished', outcome: succeeded, target, details });
    db.emit({ type: 'restore.finished', subject: row.id, payload: { environmentId, status } });
  });
}
