import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';

/**
 * What runs, in n8n's shape: only the graph is versioned; settings, tags and test data apply to whatever runs. The draft
 * where that is what runs, or nothing does. Keep it stable: `useMemo`.
 */
export function runningDocument({ draft, published }: Pick<WorkflowDetail, 'draft' | 'published'>) {
  if (!published) return draft;
  return { ...draft, nodes: published.nodes, connections: published.connections, nodeGroups: published.nodeGroups };
}

/** A version with the state around it, which a body alone leaves out: on or off, archived, its tags. */
export const withState = <Document extends object>(document: Document, { active, archived, tags }: WorkflowDetail) => ({
  ...document,
  active,
  isArchived: archived,
  tags: tags.map((name) => ({ name })),
});
