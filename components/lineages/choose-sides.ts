import type { WorkflowIdentity } from '@/lib/features/change/lineages/schema';

/** Which two workflows of a lineage stand side by side. */
export type Sides = { source: WorkflowIdentity | null; target: WorkflowIdentity | null };

/**
 * The target is the environment that was asked for, else the last one in the order of classes; the source is the one asked
 * for, else the first before it. `workflows` come in that order. Null: the lineage is not there, or nowhere else.
 */
export function chooseSides(
  workflows: readonly WorkflowIdentity[],
  asked: { environmentId: string | null; sourceId: string | null },
): Sides {
  const present = workflows.filter(({ status }) => status === 'linked');
  const inEnvironment = (id: string | null) => present.find(({ environment }) => environment.id === id);
  const source = inEnvironment(asked.sourceId);
  const others = present.filter((one) => one !== source);
  const target = inEnvironment(asked.environmentId) ?? others.at(-1) ?? present[0] ?? null;
  if (source && source !== target) return { source, target };
  const rest = present.filter((one) => one !== target);
  return { source: rest[0] ?? null, target };
}

/**
 * The ways to look at three versions: what the target would get, what the source and the target each made of what was
 * approved in the target.
 */
export const VIEWS = ['incoming', 'source', 'target'] as const;
export type View = (typeof VIEWS)[number];

/** The views that can be drawn with what is there. `approved`: the target has an approved version. */
export function possibleViews({ source, approved }: { source: boolean; approved: boolean }): View[] {
  const needs: Record<View, boolean> = { incoming: source, source: source && approved, target: approved };
  return VIEWS.filter((view) => needs[view]);
}
