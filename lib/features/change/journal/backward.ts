import { setTimeout as sleep } from 'node:timers/promises';
import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { Target } from '../change-plans/schema';
import { differences, sameTarget } from '../change-plans/target';
import { findCreated } from './created';
import { type Execution, Halt, writesWorkflow } from './execution';
import { isHalfDone, isTouched, NOT_HEARD } from './intended-write';
import type { StepRow } from './journal-store';
import { type Performed, perform } from './perform';
import { predict, type Write } from './predict';
import { nextWriteBack, type WayBack } from './way-back';

/** A pre-image is at most so many writes away; more means that the instance does not do what it says. */
const MAX_WRITES = 8;

/** What may pass, met with one workflow: the run comes back to it once the others are taken back. */
class Passing extends ProviderError {}

/**
 * Takes back what was written, the last first. What somebody has edited since is left as it is, and so is everything
 * that lies under that edit. Rejects with what may pass, once all that can be taken back now is.
 */
export async function goBackward(x: Execution): Promise<void> {
  const passing = new Map<string, Passing>();
  for (const step of x.run.steps.toReversed()) {
    if (!writesWorkflow(step) || !['intended', 'applied', 'undoing'].includes(step.status)) continue;
    if (passing.has(step.key)) continue;
    x.pause();
    const isUnder = x.stepsOf(step.key).some(({ status }) => status === 'left');
    try {
      if (isUnder) await x.journal.writeStep(step, { status: 'left' });
      else await takeBack(x, step, passing.size > 0);
    } catch (error) {
      if (error instanceof Passing) passing.set(step.key, error);
      else await leaveOpen(x, step, error);
    }
    await x.at('step.undone', step.position);
  }
  for (const error of passing.values()) throw error;
}

/** `comesBack`: the run comes back anyway, so it is tried once, and no refusal is final: it may be for want of another. */
async function takeBack(x: Execution, step: StepRow, comesBack: boolean): Promise<void> {
  const how: WayBack = {
    can: (capability) => x.can(capability),
    draftsApart: x.instance.writes.savePublishes === 'optional',
    layout: x.run.plan.layout,
  };
  let tries = comesBack ? x.options.retryMs.length : 0;
  let resumed = step.status === 'undoing' ? step.undo : null;
  for (let writes = 0; writes < MAX_WRITES; ) {
    const now = await readNow(x, step);
    await x.at('undo.read', step.position);
    const from = x.targetOf(step.key, now);
    if (!believed(x, step).some((target) => sameTarget(from, target))) {
      const isUnheard = step.status === 'intended' && isHalfDone(x, from, step);
      return isUnheard ? leaveUnheard(x, step, from) : leaveAlone(x, step, from);
    }
    const seenAt = resumed?.seenAt;
    if (now && seenAt && sameTarget(from, resumed!.from) && isTouched(now, { updatedAt: seenAt }))
      return leaveAlone(x, step, from, 'Somebody touched it while it was being taken back.');
    resumed = null;
    const write = await fitted(x, nextWriteBack(now, step.preImage, how));
    const led = write && predict(now, write);
    const to = x.targetOf(step.key, led);
    if (!write || (now && sameTarget(from, to) && from?.layout === to?.layout)) return finish(x, step, from);

    const since = step.undo?.since ?? new Date().toISOString();
    const undo = { from, to, since, ...(now ? { seenAt: now.updatedAt } : {}) };
    await x.journal.writeStep(step, { status: 'undoing', undo, n8nId: x.n8nIdOf(step.key) ?? now!.id });
    await x.at('undo.intended', step.position);
    const sent = await attempt(x, now, write);
    await x.at('undo.written', step.position);
    if (!(sent instanceof ProviderError)) {
      writes += 1;
      if (sent.overtook) await x.journal.writeStep(step, { notes: [...step.notes, sent.overtook] });
    } else if (!(await mayTryAgain(x, step, sent, { tries: tries++, comesBack }))) return;
    await x.at('undo.recorded', step.position);
  }
  await giveUp(x, step, 'The instance never came back to the state before.');
}

const readNow = (x: Execution, step: StepRow): Promise<RemoteWorkflow | null> =>
  step.action === 'create' && !x.n8nIdOf(step.key) ? findCreated(x, step) : x.read(step.key);

/** The states in which the workflow is ours to write. */
function believed(x: Execution, step: StepRow): (Target | null)[] {
  if (step.status === 'undoing') return [step.undo!.from, step.undo!.to];
  if (step.status === 'intended') return [step.before, step.after];
  return [x.standing(step.key)];
}

async function fitted(x: Execution, write: Write | null): Promise<Write | null> {
  if (write?.action !== 'update') return write;
  const { document } = await x.provider.fitWorkflow(write.document, x.call);
  return { ...write, document };
}

async function attempt(x: Execution, now: RemoteWorkflow | null, write: Write): Promise<ProviderError | Performed> {
  try {
    return await perform(x.provider, now?.id ?? null, write, x.call, now);
  } catch (error) {
    x.lease.assertHeld();
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

/**
 * Whatever the instance answered, the next look decides; only how often to look is decided here. What may pass outlasts
 * the attempts of this process: it is thrown, and the next job goes on.
 */
async function mayTryAgain(
  x: Execution,
  step: StepRow,
  failed: ProviderError,
  { tries, comesBack }: { tries: number; comesBack: boolean },
): Promise<boolean> {
  const delay = x.options.retryMs[tries];
  const passes = comesBack || failed.transient || failed.failure === 'outcome_unknown';
  const isOver = !passes && !['conflict', 'not_found'].includes(failed.failure);
  if (isOver || (delay === undefined && (!passes || isLate(x)))) {
    await giveUp(x, step, failed.message);
    return false;
  }
  if (!step.notes.includes(failed.message)) {
    await x.journal.writeStep(step, { notes: [...step.notes, failed.message] });
  }
  // A write whose fate is open passes too, once it is looked at again.
  if (delay === undefined) throw new Passing('unavailable', failed.message, { cause: failed });
  await sleep(delay);
  return true;
}

/** By the first workflow that could not be taken back: the time is the run's, however many of them there are. */
function isLate(x: Execution): boolean {
  const open = x.run.steps.filter(({ status }) => status === 'undoing' || status === 'left');
  const since = open.flatMap(({ undo }) => (undo?.since ? [Date.parse(undo.since)] : []));
  return Date.now() - Math.min(...since) >= x.options.undoMs;
}

/** As before, but for settings that no instance can be told to remove; more than that has not been taken back. */
async function finish(x: Execution, step: StepRow, now: Target | null): Promise<void> {
  const rest = differences(now, step.before);
  const isAsBefore = !now || !step.before || sameTarget({ ...now, settings: step.before.settings }, step.before);
  if (!isAsBefore) return giveUp(x, step, `There is no way to restore ${rest.join(', ')}.`);
  const notes = rest.length > 0 ? [...step.notes, `What cannot be taken back: ${rest.join(', ')}.`] : step.notes;
  await x.journal.writeStep(step, { status: 'undone', undo: { from: now, to: now }, notes });
}

async function leaveAlone(x: Execution, step: StepRow, found: Target | null, what?: string): Promise<void> {
  const words = what ?? `Somebody changed ${differences(found, believed(x, step)[0] ?? null).join(', ')}.`;
  const problem = x.problem(step, 'changed_meanwhile', `${words} It was left as it is.`, found);
  await x.journal.writeStep(step, { status: 'left', problem });
}

async function leaveUnheard(x: Execution, step: StepRow, found: Target | null): Promise<void> {
  const problem = x.problem(step, 'outcome_unknown', `${NOT_HEARD} It was left as it is.`, found);
  await x.journal.writeStep(step, { status: 'left', problem });
}

/** Which workflow the step made cannot be told, so none is touched. */
async function leaveOpen(x: Execution, step: StepRow, error: unknown): Promise<void> {
  if (!(error instanceof Halt)) throw error;
  await x.journal.writeStep(step, { status: 'left', problem: error.problem });
}

async function giveUp(x: Execution, step: StepRow, detail: string): Promise<void> {
  const problem = x.problem(step, 'not_undone', `It could not be taken back: ${detail}`);
  await x.journal.writeStep(step, { status: 'left', problem });
}
