import type { Capability } from '@/lib/ports/provider-probe';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { remoteOf, sameWebhookIds, targetOf } from '../change-plans/target';
import { keepLayout } from './keep-layout';
import { settingsOver, type Write } from './predict';

export type WayBack = {
  can: (capability: Capability) => boolean;
  /** Whether a draft can be saved beside what runs. */
  draftsApart: boolean;
  layout: 'keep' | 'bring';
};

/**
 * The next write on the way from what is there to a pre-image; null when nothing that can be written differs any more.
 * One at a time, so that each is journaled, and read back, by itself.
 */
export function nextWriteBack(now: RemoteWorkflow | null, goal: RemoteWorkflow | null, how: WayBack): Write | null {
  if (!now) return null;
  if (!goal) return { action: how.can('workflows.archive') && !now.archived ? 'archive' : 'delete' };
  const [is, was] = [targetOf(now), targetOf(goal)];
  if (is.archived && !was.archived) return { action: 'unarchive' };
  if (is.archived) return null;
  if (isDraftOff(now, goal, how)) {
    // Where every save goes live, what is not to run is taken down first.
    if (!how.draftsApart && is.active && !was.active) return { action: 'unpublish' };
    return saveBack(now, goal, how);
  }
  if (JSON.stringify(is.tags) !== JSON.stringify(was.tags)) return { action: 'tags', tags: was.tags };
  if (is.active && !was.active) return { action: 'unpublish' };
  if (was.active && (!is.active || isRunningOff(now, goal, how))) return publishBack(goal, how);
  return was.archived ? { action: 'archive' } : null;
}

function isDraftOff(now: RemoteWorkflow, goal: RemoteWorkflow, { layout }: WayBack): boolean {
  const [is, was] = [now, goal].map(({ document }) => targetOf(remoteOf(document)));
  if (is!.logic !== was!.logic || is!.settings !== was!.settings) return true;
  return layout === 'bring' && (is!.layout !== was!.layout || !sameWebhookIds(now.document, goal.document));
}

function isRunningOff(now: RemoteWorkflow, goal: RemoteWorkflow, { layout }: WayBack): boolean {
  if (targetOf(now).publishedLogic !== targetOf(goal).publishedLogic) return true;
  return layout === 'bring' && !sameWebhookIds(now.published!, goal.published!);
}

function saveBack(now: RemoteWorkflow, goal: RemoteWorkflow, { layout, draftsApart }: WayBack): Write {
  const placed = layout === 'keep' ? keepLayout(goal.document, now.document) : goal.document;
  const described = now.document.description ? { description: '', ...placed } : placed;
  const document = { ...described, settings: settingsOver(placed.settings, now) };
  return { action: 'update', document, published: now.published && draftsApart ? 'keep' : 'follow' };
}

/** The very version that ran, where the instance can publish one that is not the draft. */
function publishBack({ published, versionId }: RemoteWorkflow, { can }: WayBack): Write {
  const { versionId: ran, nodes, connections, nodeGroups } = published!;
  if (ran === null || ran === versionId || !can('workflows.publishVersion')) return { action: 'publish' };
  return { action: 'publish', older: { versionId: ran, nodes, connections, ...(nodeGroups ? { nodeGroups } : {}) } };
}
