import { blocked, conflict } from '@/lib/core/errors';
import { getPlan, savePlan } from '@/lib/features/change/change-plans/service';
import { getRun } from '@/lib/features/change/journal/service';
import { assertAllowed } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import type { TenantContext } from '@/lib/kernel/context';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { possibilityOf } from '../snapshots/permission';
import { getSnapshotRow } from '../snapshots/store';
import { isOver } from './model';
import { draftRestore, type Selection } from './planning';
import { enqueueRun } from './run-jobs';
import type { Restore } from './schema';
import { claimRestore, getRestoreRow, isAbandoned, problemsOf, type RestoreRow, scopeOf, toSummary } from './store';

type Request = Selection & { reason?: string; execute: boolean };

/** Keeps the plan that brings a snapshot back; runs it only when asked to. */
export async function requestRestore(ctx: TenantContext, { reason, execute, ...selection }: Request): Promise<Restore> {
  const environment = await ctx.tx(async (db) => {
    const { environmentId } = await getSnapshotRow(db, selection.snapshotId);
    return getEnvironmentRow(db, environmentId);
  });
  assertAllowed(ctx.principal, environment, 'restore', reason);
  const draft = await draftRestore(ctx, selection);
  const { workflows, unchanged, left, problems } = draft;
  const id = await ctx.tx(async (db) => {
    const data = {
      environmentId: environment.id,
      snapshotId: selection.snapshotId,
      scope: { workflows, unchanged, left },
      planId: await savePlan(db, draft.plan),
      reason,
      actor: ctx.principal.actor,
      problems,
    };
    const row = await db.restore.create({ data, select: { id: true } });
    const details = { restoreId: row.id, digest: draft.plan.digest, workflows: workflows.length };
    db.audit({ target: { type: 'environment', id: environment.id, label: environment.name }, details });
    db.emit({ type: 'restore.planned', subject: row.id, payload: { environmentId: environment.id } });
    if (execute) await start(db, await getRestoreRow(db, row.id), reason);
    return row.id;
  });
  return restoreDetail(ctx, id);
}

type Execution = { environmentId: string; restoreId: string; digest?: string; reason?: string };

/** Starts a planned restore, once. What has changed since it was planned ends it before anything is written. */
export function executePlannedRestore(ctx: TenantContext, { environmentId, restoreId, digest, reason }: Execution) {
  return ctx.tx(async (db) => {
    const environment = await getEnvironmentRow(db, environmentId);
    const row = await getRestoreRow(db, restoreId, 'restoreId');
    if (row.environmentId !== environmentId)
      throw conflict('This restore is for another environment.', 'other_environment');
    assertAllowed(ctx.principal, environment, 'restore', reason ?? row.reason ?? undefined);
    const plan = await getPlan(db, row.planId!);
    if (digest && digest !== plan.digest) {
      throw conflict('This is not the plan that you have seen. Look again.', 'plan_changed');
    }
    const receipt = await start(db, row, reason);
    db.audit({
      target: { type: 'environment', id: environmentId, label: environment.name },
      details: { restoreId, digest: plan.digest, jobId: receipt.jobId },
    });
    return { restoreId, ...receipt };
  });
}

async function start(db: TenantDb, row: RestoreRow, reason: string | undefined) {
  const stop = problemsOf(row).find(({ severity }) => severity === 'blocking');
  if (stop) throw blocked(stop.detail, stop.code, stop.remedy ?? 'Choose another snapshot.');
  await claimRestore(db, row, reason);
  const receipt = await enqueueRun(db, row);
  db.emit({ type: 'restore.started', subject: row.id, payload: { environmentId: row.environmentId } });
  return receipt;
}

/** A restore with its plan, and its steps once they are being made. */
export function restoreDetail(ctx: TenantContext, id: string): Promise<Restore> {
  return ctx.tx(async (db) => {
    const row = await getRestoreRow(db, id);
    const { digest, steps } = await getPlan(db, row.planId!);
    const problems = problemsOf(row);
    const mayRestore = possibilityOf(ctx.principal, await getEnvironmentRow(db, row.environmentId), 'restore');
    const stop = problems.find(({ severity }) => severity === 'blocking')?.detail;
    const mayStart = row.status === 'planned' || (await isAbandoned(db, row));
    const started = mayStart ? undefined : 'It has been started already.';
    const why = started ?? stop;
    return {
      ...toSummary(row),
      ...scopeOf(row),
      problems,
      plan: { id: row.planId!, digest, steps },
      run: row.runId ? await getRun(db, row.runId) : null,
      outcome: isOver(row.status) ? (row.outcome as Restore['outcome']) : null,
      execute: why ? { allowed: false, detail: why, allowedBy: 'Plan another restore.' } : mayRestore,
    };
  });
}
