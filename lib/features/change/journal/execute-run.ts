import { connect } from '@/lib/features/connections/environments/service';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { ProbeReport } from '@/lib/ports/provider-probe';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import { differences } from '../change-plans/target';
import { goBackward } from './backward';
import { knowIds } from './created';
import { Execution, Halt } from './execution';
import { goForward } from './forward';
import { Journal, loadRun } from './journal-store';
import { EnvironmentLease } from './lease';
import { JOURNAL_OPTIONS, type JournalOptions } from './options';
import type { RunOutcome } from './outcome';
import { isFinal, type RunProblem } from './schema';
import { describeOutcome, secondCreations, verify } from './verify';

type RunContext = Pick<JobContext, 'tx' | 'ports' | 'signal' | 'jobId'>;

/**
 * Brings a run to its end: everything applied and verified, or everything taken back, or left to people with what was
 * met. May be called again after any crash, by anybody: the target itself tells how far it came. Throws what may pass
 * (`environment_busy`, `lease_lost`, an instance that cannot be read); then nothing is lost, and the next call goes on.
 */
export async function executeRun(
  ctx: RunContext,
  runId: string,
  options: JournalOptions = JOURNAL_OPTIONS,
): Promise<RunOutcome> {
  const { environmentId, status, outcome } = await ctx.tx((db) => loadRun(db, runId));
  if (isFinal(status)) return outcome!;
  const { environment, provider } = await connect(ctx, environmentId);
  const lease = await EnvironmentLease.take(ctx, { environmentId, runId }, options);
  try {
    await options.interruption?.at('lease.taken');
    // What another holder did until a moment ago is read only now.
    const run = await ctx.tx((db) => loadRun(db, runId));
    if (isFinal(run.status)) return run.outcome!;
    const instance = (environment.capabilities as ProbeReport | null) ?? (await probe(provider));
    const journal = new Journal(ctx, lease, runId, run.stopAsked);
    return await bringToEnd(new Execution(ctx, run, provider, instance, lease, journal, options));
  } finally {
    // One that cannot be given back runs out by itself.
    await lease.release().catch(() => undefined);
  }
}

async function probe(provider: WorkflowProvider): Promise<ProbeReport> {
  const probed = await provider.probe();
  if (!probed.ok) throw new Error(probed.problem.detail);
  return probed.report;
}

async function bringToEnd(x: Execution): Promise<RunOutcome> {
  if (x.run.status !== 'compensating') {
    try {
      return await apply(x);
    } catch (error) {
      if (!(error instanceof Halt)) throw error;
      x.run.problems = [...x.run.problems, error.problem];
    }
    if (!x.hasWritten) return end(x, 'failed', x.run.problems);
    await x.journal.writeRun({ status: 'compensating', problems: x.run.problems });
    x.run.status = 'compensating';
  }
  await x.at('compensation.begun');
  await goBackward(x);
  const left = x.run.steps.filter(({ status }) => status === 'left');
  const beside = await secondCreations(x);
  const met = [...left.flatMap(({ problem }) => problem ?? []), ...beside];
  const isClean = left.length === 0 && beside.length === 0;
  return end(x, isClean ? 'rolled_back' : 'needs_attention', distinct([...x.run.problems, ...met]));
}

async function apply(x: Execution): Promise<RunOutcome> {
  if (x.run.status === 'pending') {
    await x.journal.beginRun();
    x.run.status = 'running';
  }
  await x.at('run.started');
  if (!x.hasWritten) {
    // Before anything is read: an instance that is gone keeps nobody from stopping what has not begun.
    x.assertWanted(x.run.steps[0]!);
    await lookFirst(x);
  }
  await knowIds(x);
  await goForward(x);
  await x.journal.writeRun({ status: 'verifying' });
  await x.at('verify.begun');
  const problems = await verify(x);
  return end(x, problems.length > 0 ? 'needs_attention' : 'completed', problems);
}

/** Before the first write everything is compared, so that what cannot be done whole is not begun. */
async function lookFirst(x: Execution): Promise<void> {
  await x.readAll(x.keys);
  for (const { key, name, expected } of x.run.plan.workflows) {
    const now = x.lastSeen.get(key) ?? null;
    if (x.isInState(key, now, expected)) continue;
    const found = x.targetOf(key, now);
    const detail = `It is not what the plan was made for: somebody changed ${differences(found, expected).join(', ')}.`;
    throw new Halt(x.problem({ key, name }, 'target_changed', detail, found));
  }
}

async function end(x: Execution, status: RunOutcome['status'], problems: RunProblem[]): Promise<RunOutcome> {
  const outcome = { status, problems, workflows: await describeOutcome(x) };
  await x.journal.writeRun({ status, problems, outcome });
  await x.at('run.ended');
  return outcome;
}

const distinct = (problems: readonly RunProblem[]): RunProblem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];
