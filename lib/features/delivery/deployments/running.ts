import { executeRun } from '@/lib/features/change/journal/execute-run';
import type { RunOutcome } from '@/lib/features/change/journal/outcome';
import { takeIn } from '@/lib/features/change/journal/take-in';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { promotionChanged } from '../promotions/service';
import { keepApproved, keepBindings, moveBaselines } from './finishing';
import { isActive, workflowStatus } from './model';
import { type DeploymentRow, deploymentChanged, getDeploymentRow, saveWorkflowsAfter } from './store';

/**
 * Runs a deployment to its end: the plan's writes by the journal, then the approved state, links and history, the
 * baseline last. Every part is found done when the job is delivered again.
 */
export async function runDeployment(ctx: JobContext, deploymentId: string) {
  const row = await ctx.tx(async (db) => {
    const found = await getDeploymentRow(db, deploymentId);
    if (found.status !== 'pending') return found;
    await db.deployment.update({ where: { id: deploymentId }, data: { status: 'running' } });
    db.emit(deploymentChanged(found));
    return { ...found, status: 'running' as const };
  });
  if (!isActive(row.status)) return { deploymentId, status: row.status };
  await ctx.progress({ step: 'writing', current: 0, total: row._count.workflows });
  const outcome = await executeRun(ctx, row.runId!);
  await ctx.progress({ step: 'recording', current: 0, total: row._count.workflows });
  await takeIn(ctx, { runId: row.runId!, method: 'promotion', actor: row.actor as Actor }, outcome);
  const commitSha = outcome.status === 'completed' ? await keepApproved(ctx, row, outcome) : null;
  await ctx.tx((db) => conclude(db, row, outcome, commitSha));
  return { deploymentId, status: outcome.status };
}

async function conclude(db: TenantDb, row: DeploymentRow, outcome: RunOutcome, commitSha: string | null) {
  const { status, problems } = outcome;
  if (status === 'completed') {
    await keepBindings(db, row);
    await moveBaselines(db, row, outcome);
  }
  const met = new Set(problems.map(({ key }) => key));
  const ended = outcome.workflows.map((one) => ({
    ...one,
    status: workflowStatus(status, one.result, met.has(one.key)),
  }));
  await saveWorkflowsAfter(db, row.id, ended);
  const finishedAt = new Date();
  await db.deployment.update({
    where: { id: row.id },
    data: { status, commitSha, finishedAt, problems: problems as object[] },
  });
  if (row.promotionId) {
    const data = { status, finishedAt, version: { increment: 1 } };
    db.emit(promotionChanged(await db.promotion.update({ where: { id: row.promotionId }, data })));
  }
  db.audit({
    action: 'deployment.finished',
    outcome: status === 'completed' ? 'succeeded' : 'failed',
    target: { type: 'deployment', id: row.id },
    details: { status, kind: row.kind, problems: problems.map(({ code, name }) => `${code}: ${name}`).slice(0, 20) },
  });
  db.emit({ ...deploymentChanged(row), type: 'deployment.finished' });
}
