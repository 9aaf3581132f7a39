import type { ApprovedWorkflow } from '@/lib/features/change/approved-state/model';
import {
  type ApprovedIndex,
  approveWorkflows,
  readApprovedWorkflows,
  refreshApprovedIndex,
} from '@/lib/features/change/approved-state/service';
import { savePlan } from '@/lib/features/change/change-plans/service';
import { executeRun } from '@/lib/features/change/journal/execute-run';
import type { RunOutcome } from '@/lib/features/change/journal/outcome';
import { openRun } from '@/lib/features/change/journal/service';
import { takeIn } from '@/lib/features/change/journal/take-in';
import type { Connected } from '@/lib/features/connections/environments/service';
import { recordSnapshot, snapshotEnvironment } from '@/lib/features/history/snapshots/service';
import { readRemote } from '@/lib/features/inventory/workflows/observe';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { Binding } from '@/lib/workflow/remap/bindings';
import { remapReferences } from '@/lib/workflow/remap/remap';
import { lineageOf, type Target } from './looking-again';
import { planRevert } from './planning';
import type { Ended, ReconciliationRow } from './store';

type Revert = { connected: Connected; approved: ApprovedIndex; targets: readonly Target[] };

/** Keeps what runs, then makes the run that brings back what is approved. Done once: the run then knows the way. */
export async function openRevert(
  ctx: JobContext,
  { id, reason }: ReconciliationRow,
  { connected, approved, targets }: Revert,
): Promise<string> {
  const { environment } = connected;
  const plan = await planRevert(ctx, connected, approved, targets);
  const message = `Before reverting ${targets.map(({ row }) => row.name).join(', ')}\n\n${reason}`;
  await snapshotEnvironment(ctx, { environmentId: environment.id, kind: 'pre_revert', message });
  return ctx.tx(async (db) => {
    const runId = await openRun(db, { planId: await savePlan(db, plan) });
    await db.reconciliation.update({ where: { id }, data: { runId } });
    return runId;
  });
}

/** Brings the run to its end, and takes in what it came to. May be called again after any crash. */
export async function executeRevert(ctx: JobContext, environmentId: string, runId: string): Promise<Ended> {
  const outcome = await executeRun(ctx, runId);
  const made = await takeIn(ctx, { runId, method: 'explicit', actor: ctx.actor }, outcome);
  if (outcome.status !== 'completed') return failed(outcome);
  const commitSha = await approveNewIds(ctx, environmentId, { outcome, made });
  return { status: 'completed', ...(commitSha ? { commitSha } : {}) };
}

function failed({ status, problems }: RunOutcome): Ended {
  const [first] = problems;
  const detail = first ? `${first.name}: ${first.detail}` : 'Nothing was changed.';
  const problem = { code: first?.code ?? status, detail };
  return { status: status === 'needs_attention' ? status : 'failed', problem };
}

type Reverted = { outcome: RunOutcome; made: ReadonlySet<string> };

/**
 * What was made anew has another id, and so have the references to it: both are approved, in one commit, and nothing else
 * is: what somebody declared to differ stays a difference. `made` says so also once that commit stands. Null when
 * everything kept its id.
 */
async function approveNewIds(ctx: JobContext, environmentId: string, { outcome, made }: Reverted) {
  const index = await refreshApprovedIndex(ctx, environmentId);
  const entries = new Map(index?.entries.map((entry) => [entry.lineageId, entry]));
  const standing = outcome.workflows.flatMap(({ key, remote }) => {
    const entry = entries.get(key);
    return entry && remote && !remote.archived ? [{ entry, remote, isMade: made.has(key) }] : [];
  });
  const bindings = standing.flatMap(({ entry: { n8nId }, remote, isMade }): Binding[] =>
    isMade && n8nId && n8nId !== remote.id ? [{ kind: 'workflow', from: { id: n8nId }, to: { id: remote.id } }] : [],
  );
  const lineageIds = standing.map(({ entry }) => entry.lineageId);
  const documents = await readApprovedWorkflows(ctx, environmentId, lineageIds);
  const workflows = standing.flatMap(({ entry, remote, isMade }): ApprovedWorkflow[] => {
    const approved = documents.get(entry.lineageId);
    const following = approved && remapReferences(approved, bindings);
    const isSame = !isMade && entry.n8nId === remote.id && !following?.rewritten.length;
    const workflow = isMade ? readRemote(remote).workflow : following?.workflow;
    return workflow && !isSame ? [{ lineage: lineageOf(entry), n8nId: remote.id, workflow }] : [];
  });
  if (workflows.length === 0) return null;
  const message = 'Follow the new ids of what was put back';
  const { sha } = await approveWorkflows(ctx, { environmentId, workflows, scope: 'these', message, keepsDate: true });
  await recordSnapshot(ctx, { environmentId, kind: 'revert', commitSha: sha });
  return sha;
}
