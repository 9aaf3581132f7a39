import { setTimeout as sleep } from 'node:timers/promises';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { nodeKind } from '@/lib/workflow/node-kind';
import { differences, isInState, sameTarget, targetOf } from '../change-plans/target';
import { webhookRoutes } from '../change-plans/workflow-steps';
import { listAll } from './created';
import { type Execution, Halt } from './execution';
import type { StepRow } from './journal-store';
import type { WorkflowOutcome, WorkflowResult } from './outcome';
import { readAgain } from './read-again';
import type { RunProblem } from './schema';

const PROBE_STEPS_MS = [0, 50, 150, 400, 1_000, 2_000];

/**
 * Looks at everything once more: drafts and what runs by their digests, webhooks by asking for them. Returns the edits
 * that were met; throws `Halt` when what was published does not listen.
 */
export async function verify(x: Execution): Promise<RunProblem[]> {
  const problems: RunProblem[] = [];
  await readAgain(x, x.keys);
  for (const { key, name } of x.run.plan.workflows) {
    const now = x.lastSeen.get(key) ?? null;
    const [found, believed] = [x.targetOf(key, now), x.standing(key)];
    if (sameTarget(found, believed)) continue;
    const detail = `After it was written, somebody changed ${differences(found, believed).join(', ')}.`;
    problems.push(x.problem({ key, name }, 'changed_meanwhile', detail, found));
  }
  problems.push(...(await secondCreations(x)));
  await x.at('verify.read');
  if (problems.length === 0) for (const step of x.run.steps) if (step.action === 'probe') await probe(x, step);
  return problems;
}

/** A creation that was sent twice may have arrived twice, and one that was given up may have arrived since. */
export async function secondCreations(x: Execution): Promise<RunProblem[]> {
  const repeated = x.run.steps.filter(
    ({ action, attempts, n8nId }) => action === 'create' && attempts > (n8nId ? 1 : 0),
  );
  if (repeated.length === 0) return [];
  const known = new Set([...(x.run.knownIds ?? []), ...x.createdIds.values()]);
  const others = (await listAll(x.provider, x.call)).filter(({ id, archived }) => !known.has(id) && !archived);
  return repeated.flatMap((step) => {
    const twins = others.filter((remote) => targetOf(remote).logic === step.after?.logic);
    if (twins.length === 0) return [];
    const ids = twins.map(({ id }) => id).join(', ');
    return [x.problem(step, 'ambiguous_creation', `New workflows of the same content stand beside it: ${ids}.`)];
  });
}

/** Registering is not finished when publishing is answered, so one no is no answer. */
async function probe(x: Execution, step: StepRow): Promise<void> {
  const remote = x.lastSeen.get(step.key);
  const route = step.path.replace(/^\/webhook\//, '');
  if (!remote?.published || !webhookRoutes(remote.document).includes(route)) {
    return x.journal.writeStep(step, { status: 'skipped', notes: ['Its address is known to the instance alone.'] });
  }
  const giveUpAt = Date.now() + x.options.probeMs;
  for (let look = 0; ; look += 1) {
    const { registered } = await x.provider.probeWebhook(route, x.call);
    if (registered === true) return x.journal.writeStep(step, { status: 'applied' });
    const delay = PROBE_STEPS_MS[Math.min(look, PROBE_STEPS_MS.length - 1)]!;
    if (Date.now() + delay <= giveUpAt) {
      x.pause();
      await sleep(delay);
      continue;
    }
    if (registered === 'unknown') return x.journal.writeStep(step, { status: 'skipped', notes: ['Nothing answered.'] });
    const problem = x.problem(step, 'not_verified', `Nothing listens at ${step.path} although it is published.`);
    await x.journal.writeStep(step, { status: 'failed', problem });
    throw new Halt(problem);
  }
}

/** What each workflow came to, read unless this attempt has done so since its last write, or nothing was written. */
export async function describeOutcome(x: Execution): Promise<WorkflowOutcome[]> {
  if (x.hasWritten) await x.readAll(x.keys.filter((key) => !x.lastSeen.has(key))).catch(unlessHidden);
  return x.run.plan.workflows.map(({ key, name }) => {
    const remote = x.lastSeen.get(key) ?? null;
    const result = resultOf(x.stepsOf(key));
    return { key, result, n8nId: x.n8nIdOf(key), name, remote, ...looks(x, key, result, remote) };
  });
}

function resultOf(steps: readonly StepRow[]): WorkflowResult {
  const states = new Set(steps.map(({ status }) => status));
  if (states.has('left')) return 'left';
  if (states.has('undone')) return 'undone';
  const isDone = steps.length > 0 && [...states].every((state) => state === 'applied' || state === 'skipped');
  return isDone ? 'written' : 'untouched';
}

/** What cannot be read is described as not there; that it could not be read is a problem of its own by now. */
function unlessHidden(error: unknown): void {
  if (!(error instanceof Halt)) throw error;
}

type Looks = Pick<WorkflowOutcome, 'verified' | 'unverified'>;

function looks(x: Execution, key: string, result: WorkflowResult, remote: RemoteWorkflow | null): Looks {
  if (result !== 'written') {
    const isAsBefore = remote !== null && isInState(remote, x.planned(key).expected);
    return { verified: isAsBefore ? ['It is as it was before.'] : [], unverified: [] };
  }
  const probes = x.run.steps.filter((step) => step.key === key && step.action === 'probe');
  const isThere = remote !== null && sameTarget(x.targetOf(key, remote), x.standing(key));
  const running = remote?.published;
  const verified = [
    ...(isThere ? ['The draft is what was written.'] : []),
    ...(isThere && running ? ['What runs is what was written.'] : []),
    ...probes.filter(({ status }) => status === 'applied').map(({ path }) => `${path} listens.`),
  ];
  const isTrigger = ({ type }: { type: string }) =>
    type !== 'n8n-nodes-base.webhook' && !['step', 'note'].includes(nodeKind(type));
  const unverified = [
    ...probes.filter(({ status }) => status !== 'applied').map(({ path }) => `${path} could not be asked.`),
    ...(running?.nodes ?? [])
      .filter(isTrigger)
      .map(({ name }) => `Whether ${name} has been started, n8n does not tell.`),
  ];
  return { verified, unverified };
}
