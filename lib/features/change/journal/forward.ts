import { setTimeout as sleep } from 'node:timers/promises';
import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { Target } from '../change-plans/schema';
import { differences, sameTarget } from '../change-plans/target';
import { findCreated } from './created';
import { type Execution, Halt } from './execution';
import { intendedWrite, isHalfDone, isOldLive, isTouched, NOT_HEARD } from './intended-write';
import type { StepRow } from './journal-store';
import { makeTag, type Performed, perform } from './perform';
import { predict } from './predict';

/** How often a write may find that the layout has moved between reading and writing. */
const MOVES = 5;

/** Does what is not yet done, step by step. Throws `Halt` when it cannot go on; then everything is to be taken back. */
export async function goForward(x: Execution): Promise<void> {
  const halfway = x.run.steps.find(({ status, problem }) => status === 'applied' && problem);
  if (halfway) throw new Halt(halfway.problem!);
  try {
    for (const step of x.run.steps) {
      if (step.action === 'probe' || step.status === 'applied' || step.status === 'skipped') continue;
      x.pause();
      x.assertWanted(step);
      if (step.action === 'tag') await provideTag(x, step);
      else await doStep(x, step);
      await x.at('step.recorded', step.position);
    }
    await x.journal.flush();
    x.assertWanted(x.run.steps.at(-1)!);
  } finally {
    // What keeps it from being written now is found done by the next attempt.
    await x.journal.flush().catch(() => undefined);
  }
}

async function provideTag(x: Execution, step: StepRow): Promise<void> {
  for (;;) {
    await x.journal.writeStep(step, { status: 'intended', attempts: step.attempts + 1 });
    await x.at('step.intended', step.position);
    const sent = await send(x, () => makeTag(x.provider, step.name, x.call));
    await x.at('step.written', step.position);
    if (!(sent instanceof ProviderError)) return x.journal.writeStep(step, { status: 'applied', problem: null });
    await retry(x, step, sent, null);
  }
}

async function doStep(x: Execution, step: StepRow): Promise<void> {
  let moves = 0;
  for (;;) {
    const now = await readBefore(x, step);
    await x.at('step.read', step.position);
    if (await isSettled(x, step, now)) return;
    const write = await intendedWrite(x, step, now);
    const before = x.targetOf(step.key, now);
    const led = predict(now, write);
    const after = x.targetOf(step.key, led);
    if (now && sameTarget(before, after)) return x.journal.writeStep(step, { status: 'skipped', before, after });

    const attempts = step.attempts + 1;
    await x.journal.writeStep(step, { status: 'intended', attempts, preImage: now, before, after });
    await x.at('step.intended', step.position);
    if (attempts === 1 && x.journal.stopAsked) {
      await x.journal.writeStep(step, { status: 'planned', attempts: 0 });
      x.assertWanted(step);
    }
    const sent = await send(x, () => perform(x.provider, x.n8nIdOf(step.key), write, x.call, now));
    await x.at('step.written', step.position);
    if (sent instanceof ProviderError && sent.failure === 'conflict' && write.action === 'update' && moves++ < MOVES) {
      // It was touched after it was read, and nothing was written: whether that matters, the next look tells.
      x.lastSeen.delete(step.key);
      await x.journal.writeStep(step, { status: 'planned', attempts: step.attempts - 1 });
      continue;
    }
    if (await conclude(x, step, sent)) return;
  }
}

/** What is there right before the write. An update is compared once more by the provider itself, so it may be known. */
async function readBefore(x: Execution, step: StepRow): Promise<RemoteWorkflow | null> {
  const isFresh = step.status === 'planned' && step.action === 'update';
  const seen = isFresh ? x.lastSeen.get(step.key) : undefined;
  if (seen) return seen;
  const isLost = step.action === 'create' && !step.n8nId && step.status === 'intended';
  return isLost ? findCreated(x, step) : x.read(step.key);
}

/** Decides from the target: whether the step is done already. Throws when something else stands there. */
async function isSettled(x: Execution, step: StepRow, now: RemoteWorkflow | null): Promise<boolean> {
  if (step.status === 'intended') {
    const found = x.targetOf(step.key, now);
    if (sameTarget(found, step.after)) {
      await record(x, step, now, 'It was found done.');
      return true;
    }
    if (sameTarget(found, step.before)) {
      if (now && step.preImage && isTouched(now, step.preImage)) throw await broughtBack(x, step, found);
      return false;
    }
    if (isOldLive(found, step)) throw await stopHalfway(x, step, now, 'The instance saved it and did not publish it.');
    if (isHalfDone(x, found, step)) throw await notHeard(x, step, found);
    throw await foreign(x, step, found, step.after);
  }
  const standing = x.standing(step.key);
  if (!x.isInState(step.key, now, standing)) throw await foreign(x, step, x.targetOf(step.key, now), standing);
  return false;
}

async function send<T>(x: Execution, write: () => Promise<T>): Promise<T | ProviderError> {
  try {
    return await write();
  } catch (error) {
    x.lease.assertHeld();
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

/** True: the step is done. False: it is to be tried again. Throws `Halt` when it cannot be done. */
async function conclude(x: Execution, step: StepRow, sent: Performed | ProviderError): Promise<boolean> {
  const failed = sent instanceof ProviderError ? sent : null;
  const known = failed ? undefined : (sent as Performed).workflow;
  const now = known === undefined ? await readAfter(x, step) : known;
  const found = x.targetOf(step.key, now);
  if (sameTarget(found, step.after)) {
    const broken = failed ? undefined : (sent as Performed).broken;
    if (broken) throw await stopHalfway(x, step, now, broken);
    await record(x, step, now, failed ? `It was done, although: ${failed.message}` : (sent as Performed).overtook);
    return true;
  }
  if (isHalfDone(x, found, step)) {
    throw await stopHalfway(x, step, now, failed?.message ?? 'The instance saved it and did not publish it.');
  }
  if (!sameTarget(found, step.before)) throw await foreign(x, step, found, step.after);
  return retry(x, step, failed, now);
}

/** The instance is as before. A write whose fate is open may still arrive, so the next look comes after a while. */
async function retry(
  x: Execution,
  step: StepRow,
  failed: ProviderError | null,
  now: RemoteWorkflow | null,
): Promise<false> {
  const delay = x.options.retryMs[step.attempts - 1];
  const isWorthIt =
    !failed || failed.transient || failed.failure === 'outcome_unknown' || failed.failure === 'conflict';
  if (!isWorthIt || delay === undefined) {
    const silent = new ProviderError(
      'conflict',
      'The instance accepted the write, and reading back shows the old state.',
    );
    const isOpen = failed?.failure === 'outcome_unknown';
    await refuse(x, step, failed ?? silent, isOpen ? 'intended' : 'failed');
  }
  const notes = [...step.notes, failed?.message ?? 'It was not there on reading back.'];
  await x.journal.writeStep(step, { preImage: now, notes });
  await sleep(delay);
  return false;
}

const readAfter = (x: Execution, step: StepRow) =>
  step.action === 'create' && !step.n8nId ? findCreated(x, step) : x.read(step.key);

async function record(x: Execution, step: StepRow, now: RemoteWorkflow | null, note?: string): Promise<void> {
  if (now) x.lastSeen.set(step.key, now);
  if (step.action === 'create' && now) await x.journal.nameCreated(x.stepsOf(step.key), now.id);
  const after = x.targetOf(step.key, now);
  const notes = note ? [...step.notes, note] : step.notes;
  const change = { status: 'applied', after, notes, problem: null } as const;
  // That it is done the target tells, whatever becomes of this process; what happened on the way nobody else could.
  await (note ? x.journal.writeStep(step, change) : x.journal.writeStepLater(step, change));
}

async function refuse(x: Execution, step: StepRow, error: ProviderError, status: 'failed' | 'intended') {
  const code = status === 'intended' ? 'outcome_unknown' : 'write_refused';
  const problem = x.problem(step, code, error.message);
  await x.journal.writeStep(step, { status, problem });
  throw new Halt(problem);
}

/** The step counts as done as far as it came, so that this much is taken back. */
async function stopHalfway(x: Execution, step: StepRow, now: RemoteWorkflow | null, detail: string): Promise<Halt> {
  const after = x.targetOf(step.key, now);
  const problem = x.problem(step, 'not_published', detail, after);
  await x.journal.writeStep(step, { status: 'applied', after, problem });
  return new Halt(problem);
}

/** Whether the instance took it down or somebody did, only who heard the instance's answer could tell. */
async function notHeard(x: Execution, step: StepRow, found: Target | null): Promise<Halt> {
  const problem = x.problem(step, 'outcome_unknown', NOT_HEARD, found);
  await x.journal.writeStep(step, { problem });
  return new Halt(problem);
}

/** As before the write, yet not since before: somebody may have taken it back while nobody looked. */
async function broughtBack(x: Execution, step: StepRow, found: Target | null): Promise<Halt> {
  const detail = 'Somebody touched it while it was being written, and it is as it was before.';
  const problem = x.problem(step, 'changed_meanwhile', detail, found);
  await x.journal.writeStep(step, { problem });
  return new Halt(problem);
}

/** Neither what was there nor what is to be there. A write that may be under it stays intended. */
async function foreign(x: Execution, step: StepRow, found: Target | null, believed: Target | null): Promise<Halt> {
  const isUntouched = !x.stepsOf(step.key).some(({ attempts }) => attempts > 0);
  const what = `Somebody changed ${differences(found, believed).join(', ')}.`;
  const problem = x.problem(step, isUntouched ? 'target_changed' : 'changed_meanwhile', what, found);
  await x.journal.writeStep(step, { status: step.status === 'intended' ? 'intended' : 'failed', problem });
  return new Halt(problem);
}
