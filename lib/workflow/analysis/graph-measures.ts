import { components } from '../closure/components';
import { depthOf } from '../layout/columns';
import { type Flow, flowOf } from '../layout/flow';
import type { Workflow, WorkflowNode } from '../model';
import { nodeCategory } from './node-category';
import { reachFrom } from './reach';

/** Measures of the graph; sticky notes are not counted as nodes. */
export interface GraphMeasures {
  readonly nodes: number;
  readonly disabled: number;
  readonly notes: number;
  readonly connections: number;
  readonly subNodes: number;
  readonly triggers: number;
  /** Steps that lead nowhere further. */
  readonly sinks: number;
  /** Steps on the longest way from a start to an end. */
  readonly depth: number;
  /** The most nodes that one node leads to, and the most that lead to one. */
  readonly maxFanOut: number;
  readonly maxFanIn: number;
  /** Choices: outputs in use beyond the first, over all nodes. */
  readonly decisions: number;
  readonly isLinear: boolean;
  /** Names of the nodes of every circle. */
  readonly cycles: readonly (readonly string[])[];
  /** Names of enabled steps that no trigger leads to. */
  readonly unreachable: readonly string[];
  readonly linesOfCode: number;
}

/** What a workflow's complexity is judged by. */
export type SizeMeasures = Pick<GraphMeasures, 'nodes' | 'depth' | 'decisions' | 'linesOfCode'>;

/** The few measures that a list needs, at a third of the cost of all. */
export function measureSize(workflow: Workflow, flow = flowOf(workflow)): SizeMeasures {
  return {
    nodes: workflow.nodes.length - flow.notes.length,
    depth: depthOf(flow),
    decisions: decisionsOf(workflow),
    linesOfCode: workflow.nodes.reduce((lines, node) => lines + linesOfCode(node), 0),
  };
}

/** Measures a workflow's draft. */
export function measureGraph(workflow: Workflow): GraphMeasures {
  const { nodes, edges } = workflow;
  const flow = flowOf(workflow);
  const { steps, notes, targets, parts } = flow;
  const isTrigger = (step: number) => nodeCategory(nodes[step]!.type) === 'trigger';
  const sources = new Map<number, number>();
  for (const step of steps)
    for (const target of new Set(targets[step])) sources.set(target, (sources.get(target) ?? 0) + 1);
  const outward = steps.map((step) => new Set(targets[step]).size);
  const maxFanOut = most(outward);
  const maxFanIn = most([...sources.values()]);
  const cycles = circlesOf(flow, nodes);
  return {
    ...measureSize(workflow, flow),
    disabled: nodes.filter(({ disabled }) => disabled).length,
    notes: notes.length,
    connections: edges.length,
    subNodes: nodes.length - notes.length - steps.length,
    triggers: steps.filter(isTrigger).length,
    sinks: outward.filter((count) => count === 0).length,
    maxFanOut,
    maxFanIn,
    isLinear: maxFanOut <= 1 && maxFanIn <= 1 && cycles.length === 0 && parts.every((below) => below.length === 0),
    cycles,
    unreachable: unreachableOf(flow, nodes),
  };
}

const most = (counts: readonly number[]): number => counts.reduce((a, b) => Math.max(a, b), 0);

function circlesOf(flow: Flow, nodes: readonly WorkflowNode[]): string[][] {
  return components(flow.targets)
    .filter((group) => group.length > 1)
    .map((group) => group.map((node) => nodes[node]!.name));
}

/** Names of enabled steps that no enabled trigger leads to; in a workflow without triggers, every step is. */
export function unreachableOf(flow: Flow, nodes: readonly WorkflowNode[]): string[] {
  const starts = flow.steps.filter((step) => nodeCategory(nodes[step]!.type) === 'trigger' && !nodes[step]!.disabled);
  const reached = reachFrom(starts, flow);
  return flow.steps
    .filter((step) => !reached.has(step) && !nodes[step]!.disabled && nodeCategory(nodes[step]!.type) !== 'trigger')
    .map((step) => nodes[step]!.name);
}

function decisionsOf({ edges }: Workflow): number {
  const main = edges.filter(({ type }) => type === 'main');
  const outputs = new Set(main.map(({ from, output }) => `${output}:${from}`));
  return outputs.size - new Set(main.map(({ from }) => from)).size;
}

function linesOfCode({ parameters }: WorkflowNode): number {
  const { jsCode, pythonCode, functionCode } = parameters;
  return [jsCode, pythonCode, functionCode]
    .filter((code) => typeof code === 'string')
    .reduce((lines, code) => lines + code.split('\n').filter((line) => line.trim() !== '').length, 0);
}
