import { sha256 } from '#sha256';
import { logicNodeText, logicText } from '../canonical/parts';
import type { Workflow, WorkflowNode } from '../model';
import { shapeOf } from '../references/shape';
import { type PartDigests, partDigests } from './digest';

/** Equal for the same workflow on two instances, whose ids differ: the digest by which lineages are proposed. */
export function shapeDigest(workflow: Workflow, nodeText = logicNodeText): string {
  return sha256(logicText(shapeOf(workflow), 'shape', nodeText));
}

/** Every part's digest and the shape's; a node that its shape leaves as it is is written once for both. */
export function partAndShapeDigests(workflow: Workflow): PartDigests & { readonly shape: string } {
  const texts = new Map<WorkflowNode, string>();
  const nodeText = (node: WorkflowNode): string => {
    const text = texts.get(node) ?? logicNodeText(node);
    texts.set(node, text);
    return text;
  };
  return { ...partDigests(workflow, nodeText), shape: shapeDigest(workflow, nodeText) };
}
