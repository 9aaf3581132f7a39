import { recordPhase } from '@/lib/features/connections/environments/freshness';
import { SYNC_PHASES, type SyncPhaseName } from '@/lib/features/connections/environments/model';
import { isConnectionFailure } from '@/lib/features/connections/environments/observation';
import { connect, recordConnection, recordSync } from '@/lib/features/connections/environments/service';
import type { JobContext, JobProgress } from '@/lib/kernel/jobs/job-context';
import { ProviderError } from '@/lib/ports/provider-error';
import { countWorkflows } from '../workflows/cache';
import { askAhead } from './ask-ahead';
import { executionPhase } from './execution-phase';
import { credentialPhase, tagPhase, userPhase } from './list-phases';
import type { Phase, PhaseContext, PhaseOutcome } from './phase';
import { workflowPhase } from './workflow-phase';

const PHASES: Record<SyncPhaseName, Phase> = {
  workflows: workflowPhase,
  credentials: credentialPhase,
  tags: tagPhase,
  users: userPhase,
  executions: executionPhase,
};

type Problem = { code: string; detail: string };
type Ended = PhaseOutcome | { status: 'failed'; problem: Problem };
/** What an attempt that ended early leaves to the next: phases that need not be read again. */
type Checkpoint = { ended: Partial<Record<SyncPhaseName, Ended>> };
type Steps = NonNullable<JobProgress['steps']>;

/**
 * One refresh of one environment, phase by phase. A phase that fails is noted and the next ones go on, unless the
 * instance itself cannot be reached. Throws only when nothing at all could be read, or when it was told to stop.
 */
export async function runSync(ctx: JobContext, environmentId: string, wanted: readonly SyncPhaseName[]) {
  const connected = await connect(ctx, environmentId);
  const { provider, begin } = askAhead(connected.provider, { signal: ctx.signal });
  const { ended } = (ctx.checkpoint as Checkpoint | null) ?? { ended: {} };
  const failures: ProviderError[] = [];
  const left = SYNC_PHASES.filter((one) => wanted.includes(one) && ended[one]?.status !== 'done');
  for (const name of left) {
    const away = failures.find(({ failure }) => isConnectionFailure(failure));
    const report = (current: number, total: number | null) =>
      ctx.progress({ step: name, current, total, steps: stepsOf(ended) });
    await report(0, null);
    const phase = {
      tx: ctx.tx,
      signal: ctx.signal,
      log: ctx.log,
      environmentId,
      provider,
      report,
      answered: () => begin(left),
    };
    ended[name] = away ? failed(away) : await attempt(phase, PHASES[name], failures);
    await ctx.tx((db) => recordPhase(db, environmentId, name, ended[name]!));
    // The other phases cost a request or two; reading them again is cheaper than remembering them.
    if (name === 'workflows') await ctx.saveCheckpoint({ ended } satisfies Checkpoint);
  }
  await ctx.progress({ step: 'done', current: wanted.length, total: wanted.length, steps: stepsOf(ended) });
  await conclude(ctx, environmentId, ended, failures);
  const done = Object.values(ended).filter(({ status }) => status !== 'failed');
  if (done.length === 0 && failures[0]) throw failures[0];
  return { phases: wanted.map((phase) => ({ phase, ...withoutCursor(ended[phase]!) })) };
}

async function attempt(ctx: PhaseContext, phase: Phase, failures: ProviderError[]): Promise<Ended> {
  try {
    return await phase.run(ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    // What is not the instance's fault is ours, and the whole job's.
    if (!(error instanceof ProviderError)) throw error;
    failures.push(error);
    ctx.log.warn({ phase: phase.name, failure: error.failure, detail: error.message }, 'a sync phase failed');
    return failed(error);
  }
}

const failed = ({ failure, message }: ProviderError): Ended => ({
  status: 'failed',
  problem: { code: failure, detail: message },
});

/** What the environment's own line says afterwards; the last good inventory keeps its age. */
async function conclude(
  ctx: JobContext,
  environmentId: string,
  ended: Checkpoint['ended'],
  failures: readonly ProviderError[],
): Promise<void> {
  const away = failures.find(({ failure }) => isConnectionFailure(failure));
  const field = away?.failure === 'key_rejected' ? ('apiKey' as const) : ('baseUrl' as const);
  const problem = away && { code: away.failure, field, detail: away.message };
  await ctx.tx(async (db) => {
    await recordConnection(db, environmentId, problem ? { ok: false, problem } : { ok: true });
    const { workflows } = ended;
    const whole = workflows?.status === 'done' && workflows.note === null;
    const counts = workflows?.status === 'done' ? await countWorkflows(db, environmentId) : {};
    await recordSync(db, environmentId, { ...counts, ...(whole ? { syncedAt: new Date() } : {}) });
    db.emit({
      type: 'environment.synced',
      subject: environmentId,
      payload: { environmentId, failed: failures.length },
    });
  });
}

function stepsOf(ended: Checkpoint['ended']): Steps {
  return Object.entries(ended).map(([name, one]) =>
    one.status === 'done'
      ? { name, status: one.status, count: one.count }
      : { name, status: one.status, detail: one.problem.detail },
  );
}

function withoutCursor(one: Ended) {
  if (one.status !== 'done') return one;
  const { cursor: _, ...told } = one;
  return told;
}
