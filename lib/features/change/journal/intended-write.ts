import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { substitute } from '../change-plans/placeholder';
import type { Target } from '../change-plans/schema';
import { sameTarget } from '../change-plans/target';
import type { Execution } from './execution';
import type { StepRow } from './journal-store';
import { keepLayout } from './keep-layout';
import { settingsOver, type Write } from './predict';

/** The write of a step, given what is there now. */
export async function intendedWrite(x: Execution, step: StepRow, now: RemoteWorkflow | null): Promise<Write> {
  const { desired } = x.planned(step.key);
  switch (step.action) {
    case 'create': {
      const wanted = substitute(desired!.document, x.createdIds);
      const { document } = await x.provider.fitWorkflow(wanted, { ...x.call, to: 'create' });
      return { action: 'create', document };
    }
    case 'update': {
      const wanted = substitute(desired!.document, x.createdIds);
      const keeps = x.run.plan.layout === 'keep' && x.planned(step.key).expected && now;
      const placed = keeps ? keepLayout(wanted, now.document) : wanted;
      const settings = settingsOver(placed.settings, now);
      const { document } = await x.provider.fitWorkflow({ ...placed, settings }, x.call);
      return { action: 'update', document, published: savingMode(x, now) };
    }
    case 'tags':
      return { action: 'tags', tags: desired!.tags };
    case 'tag':
    case 'probe':
      throw new Error(`${step.action} writes to no workflow.`);
    default:
      return { action: step.action };
  }
}

/** What runs is left alone where the version can: publishing is a step of its own. */
export const savingMode = (x: Execution, now: RemoteWorkflow | null): 'keep' | 'follow' =>
  now?.published && x.instance.writes.savePublishes === 'optional' ? 'keep' : 'follow';

/**
 * Whether this is half of a step: saved, and what ran before still runs or was taken down by the instance itself. Only
 * states that this version is known to leave behind; anything else is somebody's edit.
 */
export function isHalfDone(x: Execution, found: Target | null, step: StepRow): boolean {
  if (isOldLive(found, step)) return true;
  const { before, after } = step;
  if (!found || !before?.active || !after?.active) return false;
  const down: Target = { ...after, active: false, publishedLogic: null };
  return x.instance.writes.failedPublish === 'unpublishes' && sameTarget(found, down);
}

/** Why such a state decides nothing when its write was not heard out: the instance leaves it behind, and so may people. */
export const NOT_HEARD =
  'It is saved and does not run. The instance could not start it, or somebody switched it off while nobody watched: which of the two, nobody can tell.';

/** Saved, and what ran before still runs. */
export function isOldLive(found: Target | null, { before, after }: StepRow): boolean {
  if (!found || !before?.active || !after?.active) return false;
  const webhookIds = before.webhookIds && after.webhookIds && { ...before.webhookIds, draft: after.webhookIds.draft };
  const oldRuns: Target = { ...after, publishedLogic: before.publishedLogic, webhookIds };
  return sameTarget(found, oldRuns) && !sameTarget(found, before);
}

/** Whether anything was written since, be it the same again. */
export const isTouched = (now: RemoteWorkflow, then: Pick<RemoteWorkflow, 'updatedAt'>): boolean =>
  now.updatedAt !== then.updatedAt;
