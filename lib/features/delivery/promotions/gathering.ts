import { ensureLineages, linkedWorkflows } from '@/lib/features/change/lineages/service';
import { versionFor } from '@/lib/features/history/snapshots/model';
import type { Actor } from '@/lib/kernel/principal';
import { type CallGraph, callable, callGraph } from '@/lib/workflow/closure/call-graph';
import { type Closure, closureOf } from '@/lib/workflow/closure/closure';
import type { Workflow } from '@/lib/workflow/model';
import type { LiveSide, ReadingContext } from './reading';

type SourceRow = { id: string; n8nId: string; name: string };

/** A workflow that belongs to what was asked for, on both sides. */
export type Member = {
  lineage: { id: string; slug: string; name: string };
  name: string;
  /** Named in the request; else something that is named needs it. */
  isSelected: boolean;
  source: SourceRow;
  /** The version that is promoted; null when it is gone, archived, or cannot be read. */
  workflow: Workflow | null;
  isUnreadable: boolean;
  /** Its place in the target, when it has one. */
  target: { id: string; n8nId: string } | null;
};

export type Gathered = { members: Member[]; graph: CallGraph; closure: Closure; ignored: SourceRow[] };

/**
 * What was asked for and everything it needs, read fresh from both instances. `selected` are our ids in the source; each
 * workflow gets a lineage, one that somebody ignores is left out and named.
 */
export async function gather(
  ctx: ReadingContext & { actor: Actor },
  sides: { source: LiveSide; target: LiveSide },
  selected: readonly SourceRow[],
): Promise<Gathered> {
  const { rows, graph, closure } = await close(ctx, sides.source, selected);
  const wanted = new Set(selected.map(({ id }) => id));
  // A workflow that is gone from the source is in no graph, and yet was asked for.
  const members = new Map([...closure.members.map((id) => rows.get(id)!), ...selected].map((row) => [row.id, row]));
  const lineages = await ctx.tx((db) => ensureLineages(db, [...members.keys()], ctx.actor, 'promotion'));
  const targets = await ctx.tx((db) =>
    linkedWorkflows(db, {
      environmentId: sides.target.environment.id,
      lineageIds: [...lineages.values()].map(({ id }) => id),
    }),
  );
  await sides.target.read(targets.map(({ n8nId }) => n8nId));
  const byLineage = new Map(targets.map((one) => [one.lineageId, { id: one.workflowId, n8nId: one.n8nId }]));
  const all = [...members.values()];
  return {
    graph,
    closure,
    ignored: all.filter(({ id }) => !lineages.has(id)),
    members: all.flatMap((source): Member[] => {
      const lineage = lineages.get(source.id);
      if (!lineage) return [];
      const target = byLineage.get(lineage.id) ?? null;
      const there = target && sides.target.remote(target.n8nId) ? target : null;
      const { workflow, isUnreadable } = promoted(sides.source, source.n8nId);
      const name = workflow?.name ?? source.name;
      return [{ lineage, name, isSelected: wanted.has(source.id), source, workflow, isUnreadable, target: there }];
    }),
  };
}

/** What of a source is promoted: in dev what is being worked on, elsewhere what runs. */
function promoted(source: LiveSide, n8nId: string): { workflow: Workflow | null; isUnreadable: boolean } {
  const remote = source.remote(n8nId);
  if (!remote || remote.archived) return { workflow: null, isUnreadable: false };
  const workflow = source.workflow(n8nId);
  return { workflow: workflow && versionFor(source.environment.class, workflow), isUnreadable: workflow === null };
}

/** Follows the calls from the roots, reading what is reached, until nothing new is: the bodies are never older than now. */
async function close(ctx: ReadingContext, source: LiveSide, roots: readonly SourceRow[]) {
  await source.read(roots.map(({ n8nId }) => n8nId));
  for (;;) {
    const rows = await sourceRows(ctx, source.environment.id);
    const graph = callGraph(
      [...rows.values()].map(({ n8nId, name }) => {
        const { workflow } = source.hasRead(n8nId) ? promoted(source, n8nId) : { workflow: null };
        return workflow ? { ...callable(workflow), id: n8nId } : { id: n8nId, name, calls: [] };
      }),
    );
    const present = roots.filter(({ n8nId }) => graph.members.has(n8nId));
    const closure = closureOf(
      graph,
      present.map(({ n8nId }) => n8nId),
    );
    const unknown = closure.unresolved.flatMap(({ reason, reference }) =>
      reason === 'missing' && reference.id !== undefined ? [reference.id] : [],
    );
    const next = [...closure.members, ...unknown].filter((id) => !source.hasRead(id));
    if (next.length === 0) return { rows, graph, closure };
    await source.read(next);
  }
}

async function sourceRows({ tx }: ReadingContext, environmentId: string): Promise<Map<string, SourceRow>> {
  const select = { id: true, n8nId: true, name: true } as const;
  const where = { environmentId, presence: 'present' as const };
  const rows = await tx((db) => db.workflow.findMany({ where, select, orderBy: { id: 'asc' } }));
  return new Map(rows.map((row) => [row.n8nId, row]));
}
