import { runningWorkflow, type Workflow } from '@/lib/workflow/model';
import { workflowCalls } from '@/lib/workflow/references/calls';
import type { LiveSide, ReadingContext } from './reading';

/** Ids of the workflows that this one cannot do without. Whom it lets call it, it does not need. */
export const neededIds = (workflow: Workflow): Set<string> =>
  new Set(workflowCalls(workflow).flatMap(({ role, self, id }) => (role === 'caller' || self ? [] : (id ?? []))));

/**
 * Who in an environment calls which of these and is none of `planned`, by the id that is called. The inventory says who
 * names an id at all; whether it calls it is read from the instance, so that one that was mended is not told.
 */
export async function callersOf(
  ctx: ReadingContext,
  side: LiveSide,
  { called, planned }: { called: readonly string[]; planned: ReadonlySet<string> },
): Promise<Map<string, string[]>> {
  if (called.length === 0) return new Map();
  const naming = await ctx.tx(
    (db) => db.$queryRaw<{ n8nId: string }[]>`
      SELECT w.n8n_id AS "n8nId" FROM workflows w JOIN workflow_bodies b ON b.workflow_id = w.id
      WHERE w.environment_id = ${side.environment.id}::uuid AND w.presence = 'present' AND NOT w.archived
        AND EXISTS (SELECT FROM unnest(${called}::text[]) id
          WHERE position(id IN b.draft::text) > 0 OR position(id IN b.published::text) > 0)
      ORDER BY w.name, w.id`,
  );
  const others = naming.map(({ n8nId }) => n8nId).filter((id) => !planned.has(id));
  await side.read(others);
  const callers = others.flatMap((id) => {
    const workflow = side.remote(id)?.archived ? null : side.workflow(id);
    return workflow ? [{ name: workflow.name, needs: neededIds(runningWorkflow(workflow) ?? workflow) }] : [];
  });
  const named = (id: string) => callers.filter(({ needs }) => needs.has(id)).map(({ name }) => name);
  return new Map(called.map((id) => [id, named(id)] as const).filter(([, names]) => names.length > 0));
}

const SHOWN = 5;

/** As a sentence says them: `Other calls it`. */
export function sayCallers(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `${names.slice(0, SHOWN).join(', ')}${more} ${names.length === 1 ? 'calls' : 'call'} it`;
}
