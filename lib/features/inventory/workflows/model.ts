import { STICKY_NOTE, type Workflow, type WorkflowGraph } from '@/lib/workflow/model';
import { nodeKind } from '@/lib/workflow/node-kind';
import type { Complexity, TriggerKind, WorkflowAnalysis } from './schema';

/** Kinds of triggers that people look for; by the type's last part. */
const KINDS: Record<string, TriggerKind> = {
  webhook: 'webhook',
  formTrigger: 'form',
  chatTrigger: 'chat',
  executeWorkflowTrigger: 'subworkflow',
  errorTrigger: 'error',
  manualTrigger: 'manual',
  start: 'manual',
};

/** What starts a workflow, each kind once. A switched-off trigger starts nothing. */
export function triggerKinds(workflow: WorkflowGraph): TriggerKind[] {
  const kinds = workflow.nodes.flatMap(({ type, disabled }): TriggerKind[] => {
    const kind = nodeKind(type);
    if (disabled || kind === 'step' || kind === 'note') return [];
    return [kind === 'schedule' ? 'schedule' : (KINDS[type.split('.').at(-1) ?? ''] ?? 'other')];
  });
  return [...new Set(kinds)].sort();
}

type Measures = Omit<WorkflowAnalysis, 'references'>;

/** Counts and shape of the graph. Notes are not part of it; depth is the longest chain that no cycle is part of. */
export function measureGraph(workflow: WorkflowGraph): Measures {
  const nodes = workflow.nodes.filter(({ type }) => type !== STICKY_NOTE);
  const next = new Map<string, string[]>(nodes.map(({ key }) => [key, []]));
  const incoming = new Map<string, number>(nodes.map(({ key }) => [key, 0]));
  for (const { from, to } of workflow.edges) {
    next.get(from)?.push(to);
    incoming.set(to, (incoming.get(to) ?? 0) + 1);
  }
  const fanOut = Math.max(0, ...[...next.values()].map((targets) => targets.length));
  const fanIn = [...incoming.values()].some((count) => count > 1);
  const { depth, reached } = longestChain(next, incoming);
  return {
    nodeCount: nodes.length,
    edgeCount: workflow.edges.length,
    triggerCount: nodes.filter(({ type }) => nodeKind(type) === 'trigger' || nodeKind(type) === 'schedule').length,
    sinkCount: [...next.values()].filter((targets) => targets.length === 0).length,
    maxDepth: depth,
    maxBranching: fanOut,
    isLinear: fanOut <= 1 && !fanIn && reached === nodes.length,
    hasFanOut: fanOut > 1,
    hasFanIn: fanIn,
    hasCycles: reached < nodes.length,
    complexity: complexity(nodes.length, workflow.edges.length, fanOut),
  };
}

/** Peels off nodes that nothing unpeeled leads to; what remains lies on, or behind, a cycle. */
function longestChain(next: Map<string, string[]>, incoming: Map<string, number>) {
  const open = new Map(incoming);
  let layer = [...open].filter(([, count]) => count === 0).map(([key]) => key);
  let [depth, reached] = [0, 0];
  for (; layer.length > 0; depth += 1) {
    reached += layer.length;
    const following: string[] = [];
    for (const key of layer) {
      for (const target of next.get(key) ?? []) {
        const left = (open.get(target) ?? 0) - 1;
        open.set(target, left);
        if (left === 0) following.push(target);
      }
    }
    layer = following;
  }
  return { depth, reached };
}

function complexity(nodes: number, edges: number, branching: number): { score: number; level: Complexity } {
  const score = Math.min(100, 3 * nodes + 2 * edges + 5 * branching);
  const level = score < 25 ? 'simple' : score < 50 ? 'moderate' : score < 75 ? 'complex' : 'very_complex';
  return { score, level };
}

/** A credential that a node names by id. What n8n supplies itself, and what is named only, cannot be looked up. */
export type CredentialUse = { n8nId: string; name: string; type: string; nodeName: string };

/** Of the draft and of what runs, each place once. */
export function credentialUses(workflow: Workflow): CredentialUse[] {
  const uses = new Map<string, CredentialUse>();
  for (const node of [...workflow.nodes, ...(workflow.published?.nodes ?? [])]) {
    for (const [type, { id, name, managed }] of Object.entries(node.credentials)) {
      if (!id || managed) continue;
      uses.set(`${id} ${node.name}`, { n8nId: id, name: name ?? id, type, nodeName: node.name });
    }
  }
  return [...uses.values()];
}
