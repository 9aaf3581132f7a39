import type { WorkflowDocument, WorkflowNode } from '@/lib/ports/remote-workflow';
import { isNote } from '@/lib/workflow/model';

/**
 * The document as it looks on the target: nodes that are there stay where they are, its notes and frames stay. What
 * the workflow does is untouched. A webhook id that only the target has is kept, since addresses are made of it.
 */
export function keepLayout(document: WorkflowDocument, current: WorkflowDocument): WorkflowDocument {
  const there = new Map(current.nodes.map((node) => [`${node.type} ${node.name}`, node]));
  const place = (node: WorkflowNode): WorkflowNode => {
    const before = there.get(`${node.type} ${node.name}`);
    if (!before) return node;
    const { position, webhookId } = before;
    return {
      ...node,
      ...(position ? { position } : {}),
      ...(webhookId && !node.webhookId ? { webhookId } : {}),
    };
  };
  const { nodeGroups: _brought, ...rest } = document;
  return {
    ...rest,
    nodes: [...document.nodes.filter((node) => !isNote(node)).map(place), ...current.nodes.filter(isNote)],
    ...(current.nodeGroups ? { nodeGroups: current.nodeGroups } : {}),
  };
}
