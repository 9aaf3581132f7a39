import type { Workflow, WorkflowNode } from '../model';
import { nodeKind } from '../node-kind';
import { type Complexity, complexityOf } from './complexity';
import { externalSystem } from './external-system';
import { type GraphMeasures, measureGraph } from './graph-measures';
import { type NodeCategory, nodeCategory } from './node-category';
import { type Robustness, robustnessOf } from './robustness';

/** One node at a glance. */
export interface NodeSummary {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly category: NodeCategory;
  readonly isTrigger: boolean;
  readonly credentialTypes: readonly string[];
}

/** What can be measured in a workflow. Nothing here is a score: every figure counts something one can point at. */
export interface Analysis {
  readonly graph: GraphMeasures;
  readonly nodes: readonly NodeSummary[];
  readonly triggers: readonly NodeSummary[];
  /** Systems outside of n8n by name, with the number of nodes that talk to each; the most used first. */
  readonly systems: readonly { readonly name: string; readonly nodes: number }[];
  readonly robustness: Robustness;
  readonly complexity: Complexity;
}

/** Measures a workflow's draft. O(nodes + connections). */
export function analyseWorkflow(workflow: Workflow): Analysis {
  const graph = measureGraph(workflow);
  const nodes = workflow.nodes.filter(({ type }) => nodeKind(type) !== 'note').map(summarise);
  return {
    graph,
    nodes,
    triggers: nodes.filter(({ isTrigger }) => isTrigger),
    systems: systemsOf(workflow.nodes),
    robustness: robustnessOf(workflow),
    complexity: complexityOf(graph),
  };
}

function summarise({ key, name, type, credentials }: WorkflowNode): NodeSummary {
  const category = nodeCategory(type);
  return {
    key,
    name,
    type,
    category,
    isTrigger: category === 'trigger',
    credentialTypes: Object.keys(credentials).sort(),
  };
}

function systemsOf(nodes: readonly WorkflowNode[]): Analysis['systems'] {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const name = externalSystem(node);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, nodes: count }))
    .sort((a, b) => b.nodes - a.nodes || (a.name < b.name ? -1 : 1));
}
