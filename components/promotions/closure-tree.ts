import type { ComparedWorkflow } from '@/lib/features/delivery/promotions/schema';

type Need = ComparedWorkflow['dependencies'][number];
/** A workflow of a promotion with what it needs under it; what stood higher up already is named and not unfolded again. */
export type ClosureNode = {
  id: string;
  name: string;
  /** Undefined for what is known at run time alone, or nowhere. */
  workflow?: ComparedWorkflow;
  /** How the one above needs it; undefined at the top. */
  need?: Need;
  children: ClosureNode[];
};

/** The chosen workflows as a forest: one that another chosen one needs stands under that one. */
export function closureTree(workflows: readonly ComparedWorkflow[]): ClosureNode[] {
  const byLineage = new Map(workflows.map((workflow) => [workflow.lineageId, workflow]));
  const shown = new Set<string>();
  const grow = (workflow: ComparedWorkflow, path: string, need?: Need): ClosureNode => {
    const id = `${path}/${workflow.lineageId}`;
    const isRepeated = shown.has(workflow.lineageId);
    shown.add(workflow.lineageId);
    const children = isRepeated ? [] : workflow.dependencies.map((one, at) => leaf(one, `${id}/${at}`));
    return { id, name: workflow.name, workflow, need, children };
  };
  const leaf = (need: Need, id: string): ClosureNode => {
    const known = need.lineageId ? byLineage.get(need.lineageId) : undefined;
    return known ? grow(known, id, need) : { id, name: need.name, need, children: [] };
  };
  const needed = new Set(
    workflows.flatMap(({ dependencies }) => dependencies.flatMap(({ lineageId }) => lineageId ?? [])),
  );
  const chosen = workflows.filter(({ role }) => role === 'selected');
  const first = chosen.filter(({ lineageId }) => !needed.has(lineageId)).map((workflow) => grow(workflow, ''));
  // Those that call each other in a circle stand under nothing yet.
  const rest = chosen.flatMap((workflow) => (shown.has(workflow.lineageId) ? [] : [grow(workflow, '')]));
  return [...first, ...rest];
}
