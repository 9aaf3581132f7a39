import type { JobContext } from '@/lib/kernel/jobs/job-context';
import { ProviderError } from '@/lib/ports/provider-error';
import type { Capability, ProbeReport } from '@/lib/ports/provider-probe';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { Call, WorkflowProvider } from '@/lib/ports/workflow-provider';
import type { PlannedWorkflow } from '../change-plans/plan';
import type { Target } from '../change-plans/schema';
import { isInState, targetOf } from '../change-plans/target';
import type { Journal, LoadedRun, StepRow } from './journal-store';
import type { EnvironmentLease } from './lease';
import type { JournalOptions, Point } from './options';
import type { RunProblem } from './schema';

const READ_AT_ONCE = 4;

/** What ends the forward way: everything written so far is to be taken back. */
export class Halt extends Error {
  constructor(readonly problem: RunProblem) {
    super(problem.detail);
    this.name = 'Halt';
  }
}

/** One attempt at a run, by the holder of the lease. */
export class Execution {
  /** What was last read of each workflow in this attempt, by key: whole, and still to be compared before it is used. */
  readonly lastSeen = new Map<string, RemoteWorkflow>();
  readonly call: Call;

  constructor(
    private readonly ctx: Pick<JobContext, 'signal'>,
    readonly run: LoadedRun,
    readonly provider: WorkflowProvider,
    readonly instance: Pick<ProbeReport, 'writes' | 'capabilities'>,
    readonly lease: EnvironmentLease,
    readonly journal: Journal,
    readonly options: JournalOptions,
  ) {
    // A job that is to stop ends between two steps: a write that is under way is seen through.
    this.call = { signal: lease.signal, beforeWrite: lease.assertHeld };
  }

  async at(point: Point, position?: number): Promise<void> {
    await this.options.interruption?.at(point, position);
  }

  /** Between two steps. */
  pause(): void {
    this.ctx.signal.throwIfAborted();
    this.lease.assertHeld();
  }

  /** Throws `Halt` when somebody wants no further step. */
  assertWanted(step: StepRow): void {
    const asked = this.journal.stopAsked;
    if (asked)
      throw new Halt(this.problem(step, 'stopped', [`${asked.by} stopped it here.`, asked.reason].join(' ').trim()));
  }

  can(capability: Capability): boolean {
    return this.instance.capabilities[capability]?.works === true;
  }

  planned(key: string): PlannedWorkflow {
    return this.run.plan.workflows.find((one) => one.key === key)!;
  }

  /** What of it counts is the plan's: webhook ids only where it brings them. */
  targetOf(key: string, remote: RemoteWorkflow | null): Target | null {
    return remote && targetOf(remote, this.listeningOf(key));
  }

  isInState(key: string, remote: RemoteWorkflow | null, expected: Target | null): boolean {
    return isInState(remote, expected, this.listeningOf(key));
  }

  private listeningOf(key: string) {
    const { expected, desired } = this.planned(key);
    return expected?.webhookIds ? desired?.document : undefined;
  }

  /** The steps that write to the workflow itself, in order. */
  stepsOf(key: string): StepRow[] {
    return this.run.steps.filter((step) => step.key === key && writesWorkflow(step));
  }

  /** Whether anything of it may stand in the target. */
  get hasWritten(): boolean {
    return this.run.steps.some(({ attempts }) => attempts > 0);
  }

  get keys(): string[] {
    return this.run.plan.workflows.map(({ key }) => key);
  }

  n8nIdOf(key: string): string | null {
    return this.planned(key).n8nId ?? this.stepsOf(key).find(({ n8nId }) => n8nId)?.n8nId ?? null;
  }

  /** Ids of the workflows that the run has made, by key. */
  get createdIds(): Map<string, string> {
    const made = this.run.steps.filter((step) => step.action === 'create' && step.n8nId);
    return new Map(made.map(({ key, n8nId }) => [key, n8nId!]));
  }

  /** What the journal believes to be there: where the last write led, or what the plan was made for. */
  standing(key: string): Target | null {
    const steps = this.stepsOf(key);
    const undone = steps.find(({ status }) => status === 'undone' || status === 'undoing');
    if (undone) return undone.undo?.to ?? null;
    const done = steps.findLast(({ status }) => status === 'applied' || status === 'skipped');
    return done ? done.after : this.planned(key).expected;
  }

  async read(key: string): Promise<RemoteWorkflow | null> {
    const id = this.n8nIdOf(key);
    const remote = id ? await this.provider.getWorkflow(id, this.call).catch((error) => this.hidden(key, error)) : null;
    if (remote) this.lastSeen.set(key, remote);
    else this.lastSeen.delete(key);
    return remote;
  }

  /** The instance is well and this one is out of reach, for one because it was moved: waiting would not end. */
  private hidden(key: string, error: unknown): never {
    if (!(error instanceof ProviderError) || error.failure !== 'not_permitted') throw error;
    const detail = `The API key may no longer read it, so nobody can tell what stands there. ${error.message}`;
    throw new Halt(this.problem({ key, name: this.planned(key).name }, 'outcome_unknown', detail));
  }

  /** Reads them all, a few at once; what each is stands in `lastSeen` then. */
  async readAll(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += READ_AT_ONCE) {
      this.pause();
      await Promise.all(keys.slice(start, start + READ_AT_ONCE).map((key) => this.read(key)));
    }
  }

  problem(step: Pick<StepRow, 'key' | 'name'>, code: RunProblem['code'], detail: string, found?: Target | null) {
    const { key, name } = step;
    const problem: RunProblem = { code, key, n8nId: this.n8nIdOf(key), name, detail };
    return found === undefined ? problem : { ...problem, found };
  }
}

/** Making a tag and probing a webhook change no workflow. */
export const writesWorkflow = ({ action }: Pick<StepRow, 'action'>): boolean => action !== 'tag' && action !== 'probe';
