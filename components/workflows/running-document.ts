import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';

/**
 * What runs, in n8n's shape: only the graph is versioned; settings, tags and test data apply to whatever runs. The draft
 * where that is what runs, or nothing does. Keep it stable: `useMemo`.
 */
export function runningDocument({ draft, published }: Pick<WorkflowDetail, 'draft' | 'published'>) {
  if (!published) return draft;
  return { ...draft, nodes: published.nodes, connections: published.connections, nodeGroups: published.nodeGroups };
}
