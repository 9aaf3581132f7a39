import { AppError } from '@/lib/core/errors';
import { refreshApprovedIndex, type StoreContext } from '@/lib/features/change/approved-state/service';
import { isBeingChanged } from '@/lib/features/change/journal/being-changed';
import { isConnectionFailure } from '@/lib/features/connections/environments/observation';
import { connect, recordConnection } from '@/lib/features/connections/environments/service';
import { ProviderError } from '@/lib/ports/provider-error';
import { type Compared, compareWithApproved } from './comparing';
import type { CheckTrigger } from './model';
import { readInventory } from './reading';
import { type CheckResult, type Problem, recordCheck, recordFailure } from './recording';

const NOTHING: Compared = { comparedCount: 0, unmanagedCount: 0, flags: [] };
const POSTPONED: CheckResult = { status: 'postponed', checkId: null, driftedCount: 0, incidentId: null };
/** The approved state may move while an instance is read. */
const ATTEMPTS = 2;

/**
 * One look at an environment: reads the instance once, compares it with what is approved, and records what it found.
 * `postponed`: it is being written by us, so there is nothing to say yet; `writingJob` is the one whose own end this
 * check is. Throws what made it fail, unrecorded.
 */
export async function checkEnvironment(
  ctx: StoreContext,
  environmentId: string,
  trigger: CheckTrigger,
  writingJob?: string,
): Promise<CheckResult> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const startedAt = new Date();
    const found = await look(ctx, environmentId, startedAt, writingJob);
    if (!found) return POSTPONED;
    const check = { environmentId, trigger, actor: ctx.actor, startedAt, durationMs: since(startedAt) };
    const result = await ctx.tx((db) => recordCheck(db, check, { ...found, writingJob }));
    if (result) return result;
  }
  return POSTPONED;
}

/** Null while it is being written by us. Where there was a baseline before, git is asked while the instance is read. */
async function look(ctx: StoreContext, environmentId: string, now: Date, writingJob?: string) {
  const asked = refreshApprovedIndex(ctx, environmentId);
  const ids = asked.then((index) => new Set(index?.entries.flatMap(({ n8nId }) => n8nId ?? [])));
  // Whoever awaits it hears of its failure, unless the instance failed first.
  ids.catch(() => undefined);
  const [{ busy, baseline }, { provider, environment }] = await Promise.all([
    ctx.tx(async (db) => ({
      busy: await isBeingChanged(db, environmentId, writingJob),
      baseline: (await db.approvedEnvironment.count({ where: { environmentId } })) > 0,
    })),
    connect(ctx, environmentId),
  ]);
  if (busy) return null;
  if (environment.class === 'dev' || (!baseline && !(await asked)))
    return { approved: null, compared: NOTHING, workflowCount: 0 };
  const workflowCount = await readInventory({ tx: ctx.tx, signal: ctx.signal, environmentId, provider }, ids);
  const approved = await asked;
  const compared = approved ? await compareWithApproved(ctx, environmentId, approved, now) : NOTHING;
  return { approved, compared, workflowCount };
}

/** Notes a check that failed, in the words of what failed; the failure itself is the caller's to pass on. */
export async function noteFailure(
  ctx: StoreContext,
  environmentId: string,
  trigger: CheckTrigger,
  { error, startedAt }: { error: unknown; startedAt: Date },
): Promise<void> {
  const check = { environmentId, trigger, actor: ctx.actor, startedAt, durationMs: since(startedAt) };
  const problem = problemOf(error);
  await ctx.tx(async (db) => {
    await recordFailure(db, check, problem);
    if (error instanceof ProviderError && isConnectionFailure(error.failure)) {
      const field = error.failure === 'key_rejected' ? 'apiKey' : 'baseUrl';
      await recordConnection(db, environmentId, { ok: false, problem: { ...problem, field } });
    }
  });
}

const since = (startedAt: Date): number => Date.now() - startedAt.getTime();

function problemOf(error: unknown): Problem {
  if (error instanceof ProviderError) return { code: error.failure, detail: error.message };
  if (error instanceof AppError) return { code: error.code, detail: error.message };
  return { code: 'internal', detail: 'This failed on our side. The log holds the reason under the job id.' };
}
