import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import type { Target } from '../change-plans/schema';
import { sameTarget, targetOf } from '../change-plans/target';
import { type Execution, Halt } from './execution';
import type { StepRow } from './journal-store';

/** Rows may move while they are listed; a walk that did not see all is repeated so often. */
const WALKS = 3;

/** Everything the instance lists. A list leaves descriptions out. Throws when it moves too fast to be read whole. */
export async function listAll(provider: WorkflowProvider, call: { signal?: AbortSignal }): Promise<RemoteWorkflow[]> {
  const found = new Map<string, RemoteWorkflow>();
  for (let walk = 1; walk <= WALKS; walk += 1) {
    let isWhole = false;
    for await (const page of provider.listWorkflows(call)) {
      for (const remote of page.items) found.set(remote.id, remote);
      isWhole = page.complete === true;
    }
    if (isWhole) return [...found.values()];
  }
  throw new ProviderError('unavailable', 'The list of workflows changes too fast to be read whole.');
}

/** Notes, once and before the first creation, what the instance has: what is created later is none of these. */
export async function knowIds(x: Execution): Promise<void> {
  if (x.run.knownIds || !x.run.plan.steps.some(({ action }) => action === 'create')) return;
  const ids = (await listAll(x.provider, x.call)).map(({ id }) => id);
  await x.journal.writeKnownIds(ids);
  x.run.knownIds = ids;
  await x.at('ids.known');
}

/**
 * The workflow that a creation made whose answer never came: new since the run began, none of the others it made, and
 * with exactly the content that was sent. Null: it was not made. Throws `Halt` when nobody can tell, which is also when
 * something new only resembles it: somebody may have edited what was made.
 */
export async function findCreated(x: Execution, step: StepRow): Promise<RemoteWorkflow | null> {
  const known = new Set([...(x.run.knownIds ?? []), ...x.createdIds.values()]);
  const candidates = (await listAll(x.provider, x.call)).filter(({ id }) => !known.has(id));
  const twins = candidates.filter((remote) => holdsSent(remote, step.after));
  if (twins.length > 1) {
    const detail = `Several new workflows have its content: ${twins.map(({ id }) => id).join(', ')}.`;
    throw new Halt(x.problem(step, 'ambiguous_creation', detail));
  }
  const alike = twins[0] ? [] : candidates.filter((remote) => resembles(remote, x.planned(step.key).desired!.document));
  if (alike.length > 0) {
    const ids = alike.map(({ id }) => id).join(', ');
    const detail = `A new workflow resembles it, and may be what was made and then edited: ${ids}.`;
    throw new Halt(x.problem(step, 'ambiguous_creation', detail));
  }
  return twins[0] ?? null;
}

/** An edit that leaves neither the name nor the nodes is no edit of this workflow any more. */
function resembles({ document }: RemoteWorkflow, sent: WorkflowDocument): boolean {
  const nodes = ({ nodes }: WorkflowDocument) =>
    nodes
      .map(({ id, name }) => `${id} ${name}`)
      .sort()
      .join();
  return document.name === sent.name || (sent.nodes.length > 0 && nodes(document) === nodes(sent));
}

/** By what was sent: if it has been archived or published since, it is still the one. */
function holdsSent(remote: RemoteWorkflow, sent: Target | null): boolean {
  const state = { published: null, archived: false, tags: [] };
  return sameTarget(targetOf({ ...remote, ...state }), sent);
}
