import type { Json, JsonObject, Workflow, WorkflowNode } from '../model';
import { type Edit, editValue } from './edit-value';

/** Edits of one owner: `node` is a node's key, or null for the workflow itself; paths start there. */
export interface OwnedEdit extends Edit {
  readonly node: string | null;
}

/** The workflow with every edit made in its draft and nothing else touched; the same object when nothing was. */
export function editWorkflow(workflow: Workflow, edits: readonly OwnedEdit[]): Workflow {
  if (edits.length === 0) return workflow;
  const byOwner = Map.groupBy(edits, (edit) => edit.node);
  let changed = false;
  const nodes = workflow.nodes.map((node) => {
    const own = byOwner.get(node.key);
    const next = own ? (editValue(node as unknown as Json, own) as unknown as WorkflowNode) : node;
    changed ||= next !== node;
    return next;
  });
  const { settings } = editValue({ settings: workflow.settings }, byOwner.get(null) ?? []) as { settings: JsonObject };
  return changed || settings !== workflow.settings ? { ...workflow, nodes, settings } : workflow;
}
