import { AppError, conflict } from '@/lib/core/errors';
import { refreshApprovedIndex } from '@/lib/features/change/approved-state/service';
import { isUnderWay } from '@/lib/features/change/journal/service';
import { connect } from '@/lib/features/connections/environments/service';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import { mayPass } from '@/lib/kernel/jobs/may-pass';
import { checkEnvironment, noteFailure } from '../drift-detection/run-check';
import type { Resolution } from '../incidents/model';
import { getIncidentRow } from '../incidents/store';
import { acceptDrift } from './accepting';
import { keepHotfix } from './keeping';
import { lookAgain } from './looking-again';
import { executeRevert, openRevert } from './reverting';
import {
  driftMoved,
  type Ended,
  endReconciliation,
  getReconciliation,
  type ReconciliationRow,
  targetsOf,
} from './store';

export const ATTEMPTS = 8;

/**
 * Carries a resolution out, ends it, and looks at the environment once more: only that check closes the incident. Each
 * part is found done when the job is delivered again. Throws what made it fail, once that is written down.
 */
export async function runReconciliation(ctx: JobContext, id: string) {
  const row = await ctx.tx((db) => getReconciliation(db, id));
  const { environmentId } = await ctx.tx((db) => getIncidentRow(db, row.incidentId));
  if (row.status === 'pending') {
    const ended = await carryOut(ctx, row, environmentId);
    await ctx.tx((db) => endReconciliation(db, row, ended, ctx.actor));
  }
  await ctx.progress({ step: 'checking', current: 0, total: null });
  const check = await checkAfterwards(ctx, environmentId);
  const { status, problem, commitSha, runId } = await ctx.tx((db) => getReconciliation(db, id));
  if (status !== 'completed') {
    const { code, detail } = problem as { code: string; detail: string };
    throw conflict(detail, code);
  }
  return { incidentId: row.incidentId, status, commitSha, runId, check };
}

async function carryOut(ctx: JobContext, row: ReconciliationRow, environmentId: string): Promise<Ended> {
  try {
    return await resolve(ctx, row, environmentId);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (mayPass(error) && ctx.attempt < ATTEMPTS) throw error;
    const known = error instanceof AppError;
    if (!known) ctx.log.error({ error }, 'a resolution failed');
    const detail = known ? inWords(error) : 'This failed on our side. The log holds the reason under the job id.';
    const problem = { code: known ? error.code : 'internal', detail };
    const { runId } = await ctx.tx((db) => getReconciliation(db, row.id));
    // One that is under way is taken up again, and then tells itself how it ended.
    if (runId && (await ctx.tx((db) => isUnderWay(db, runId)))) throw error;
    // Where writing had begun, only the run can tell what stands there.
    return { status: runId ? 'needs_attention' : 'failed', problem };
  }
}

/** What is refused is told with what would allow it: the incident is where somebody reads it. */
const inWords = ({ message, allowedBy }: AppError): string => (allowedBy ? `${message} ${allowedBy}` : message);

async function resolve(ctx: JobContext, row: ReconciliationRow, environmentId: string): Promise<Ended> {
  await ctx.progress({ step: row.resolution, current: 0, total: row.keys.length });
  if (row.runId) return executeRevert(ctx, environmentId, row.runId);
  const rows = await ctx.tx((db) => targetsOf(db, row));
  if (row.resolution === 'accept') return acceptDrift(ctx, row, { environmentId, rows });
  const approved = await refreshApprovedIndex(ctx, environmentId);
  if (!approved) throw conflict('The environment has no approved state any more.', 'no_baseline');
  const connected = await connect(ctx, environmentId);
  const { targets, moved } = await lookAgain(ctx, connected, approved, {
    resolution: row.resolution as Resolution,
    rows,
  });
  if (moved.length > 0) throw driftMoved(moved);
  if (row.resolution === 'keep') {
    return keepHotfix(ctx, row, { environment: connected.environment, targets });
  }
  const runId = await openRevert(ctx, row, { connected, approved, targets });
  return executeRevert(ctx, environmentId, runId);
}

/** A check that fails here is history like any other; the next one decides about the incident. */
async function checkAfterwards(ctx: JobContext, environmentId: string): Promise<string> {
  const startedAt = new Date();
  try {
    return (await checkEnvironment(ctx, environmentId, 'resolution', ctx.jobId)).status;
  } catch (error) {
    ctx.signal.throwIfAborted();
    await noteFailure(ctx, environmentId, 'resolution', { error, startedAt });
    return 'failed';
  }
}
