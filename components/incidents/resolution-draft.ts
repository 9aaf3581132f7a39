import type { Resolution } from '@/lib/features/drift/incidents/model';
import type { Incident } from '@/lib/features/drift/incidents/schema';

/** What somebody is about to decide. `keys`: the ticked workflows; null is all that differ. */
export type ResolutionDraft = {
  reason: string;
  until: string;
  keys: ReadonlySet<string> | null;
  acceptSecrets: boolean;
};

export const EMPTY_DRAFT: ResolutionDraft = { reason: '', until: '', keys: null, acceptSecrets: false };

type Affected = Pick<Incident['affectedWorkflows'][number], 'key' | 'workflowId' | 'status'>;

/** Workflows that can be chosen one by one: they differ, and the inventory knows them. */
export const choosable = <T extends Affected>(affected: readonly T[]): T[] =>
  affected.filter(({ status, workflowId }) => status === 'open' && workflowId !== null);

/** The day as a moment: until its end, UTC. */
const endOf = (day: string): string => `${day}T23:59:59.000Z`;

/** Why it can't be sent yet; undefined when it can. */
export function whyNot(resolution: Resolution, draft: ResolutionDraft, now: number): string | undefined {
  if (!draft.reason.trim()) return 'Say why first.';
  if (draft.keys?.size === 0) return 'Tick at least one workflow.';
  if (resolution !== 'accept') return undefined;
  if (!draft.until) return 'Say until when it may differ.';
  return Date.parse(endOf(draft.until)) > now ? undefined : 'That day has passed.';
}

/** What the draft asks for; workflows are named only when they are not all `openCount`, of which these are the first. */
export function requestOf(
  resolution: Resolution,
  draft: ResolutionDraft,
  { affectedWorkflows: affected, openCount }: { affectedWorkflows: readonly Affected[]; openCount: number },
) {
  const { keys, until, acceptSecrets } = draft;
  const chosen = keys && affected.filter(({ key }) => keys.has(key)).flatMap(({ workflowId }) => workflowId ?? []);
  return {
    resolution,
    ...(chosen && chosen.length < openCount ? { workflowIds: chosen } : {}),
    ...(resolution === 'accept' ? { expiresAt: endOf(until) } : {}),
    ...(resolution === 'keep' && acceptSecrets ? { acceptSecrets } : {}),
  };
}
