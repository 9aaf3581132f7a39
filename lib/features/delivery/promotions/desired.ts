import type { Resolution } from '@/lib/features/change/bindings/model';
import type { Target } from '@/lib/features/change/change-plans/schema';
import { remoteOf, targetOf } from '@/lib/features/change/change-plans/target';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import { writeWorkflow } from '@/lib/workflow/canonical/document';
import type { Workflow } from '@/lib/workflow/model';
import { applyOverrides, type Overridden } from '@/lib/workflow/remap/overrides';
import { remapReferences } from '@/lib/workflow/remap/remap';

/** What a workflow would be in the target. */
export type Desired = {
  workflow: Workflow;
  document: WorkflowDocument;
  active: boolean;
  tags: string[];
  target: Target;
  /** Declared parameters that have no place in it any more. */
  skipped: Overridden['skipped'];
  /** Paths that the target's version does not take. */
  omitted: string[];
};

type Fit = (document: WorkflowDocument) => Promise<{ document: WorkflowDocument; omitted: string[] }>;
/**
 * The source as it would stand in the target: bound to the target's things, its declared parameters set. The target's
 * addresses and test data stay its own: neither travels. `fit` is what the target's version takes.
 */
export async function desire(
  source: Workflow,
  { bound, overrides }: Resolution,
  standing: Workflow | null,
  { fit, active }: { fit: Fit; active: boolean },
): Promise<Desired> {
  const remapped = remapReferences(source, bound).workflow;
  const { workflow: overridden, skipped } = applyOverrides(remapped, overrides);
  const tags = [...source.tags];
  const workflow = { ...keepOwn(overridden, standing), active, tags };
  const { document, omitted } = await fit(documentOf(workflow, standing));
  const target = targetOf(remoteOf(document, { tags, active }));
  return { workflow, document, tags, skipped, omitted, active, target };
}

/** A webhook id is half of an address that the outside knows; pinned data is a test's. */
function keepOwn(workflow: Workflow, standing: Workflow | null): Workflow {
  const own = new Map(standing?.nodes.map((node) => [`${node.type} ${node.name}`, node.webhookId]));
  const nodes = workflow.nodes.map((node) => {
    const webhookId = own.get(`${node.type} ${node.name}`) ?? node.webhookId;
    return webhookId === node.webhookId ? node : { ...node, webhookId };
  });
  return { ...workflow, nodes, pinData: standing?.pinData ?? {} };
}

function documentOf(workflow: Workflow, standing: Workflow | null): WorkflowDocument {
  const { tags: _tags, active: _active, isArchived: _archived, ...document } = writeWorkflow(workflow);
  // What a document leaves out stays as it is on the instance.
  const cleared = !workflow.description && standing?.description ? { description: '' } : {};
  return { ...(document as unknown as WorkflowDocument), ...cleared };
}
