import { type Call, type CallGraph, callable, callGraph } from '@/lib/workflow/closure/call-graph';
import { closureOf } from '@/lib/workflow/closure/closure';
import { compareText } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import type { WorkflowReference } from '@/lib/workflow/references/reference';
import { placeholderOf } from './placeholder';
import type { PlannedWorkflow } from './plan';

export type Orders = {
  /** Keys, a callee before its callers. */
  writing: string[];
  /** Keys, a callee before every caller that n8n refuses to publish without it. */
  publishing: string[];
};

const idOf = ({ n8nId, key }: PlannedWorkflow) => n8nId ?? placeholderOf(key);

/** In which order to write and to publish; the same for the same workflows in any order. Circles are allowed. */
export function ordersOf(
  workflows: readonly PlannedWorkflow[],
  calls: readonly { from: string; to: string }[] = [],
): Orders {
  const sorted = workflows.toSorted((a, b) => compareText(a.key, b.key));
  const keys = new Map(sorted.map((one) => [idOf(one), one.key]));
  const ids = new Map(sorted.map((one) => [one.key, idOf(one)]));
  const graph = callGraph(sorted.map(memberOf));
  const told = calls
    .flatMap(({ from, to }) => (ids.has(from) && ids.has(to) ? [toldCall(ids.get(from)!, ids.get(to)!)] : []))
    .sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to));
  const { members, publishOrder } = closureOf(withCalls(graph, told), keys.keys());
  return { writing: members.map((id) => keys.get(id)!), publishing: publishOrder.map((id) => keys.get(id)!) };
}

function memberOf(planned: PlannedWorkflow) {
  const { workflow } = readWorkflow(planned.desired?.document ?? {});
  const calls = workflow ? callable(workflow).calls : [];
  return { id: idOf(planned), name: planned.name, calls };
}

/** The graph with calls that somebody knows of without there being a reference. */
function withCalls(graph: CallGraph, told: readonly Call[]): CallGraph {
  const calls = new Map(graph.calls);
  for (const call of told) calls.set(call.from, [...(calls.get(call.from) ?? []), call]);
  return { ...graph, calls };
}

const TOLD: WorkflowReference = {
  ...{ kind: 'workflow', role: 'execute', self: false, written: 'id' },
  ...{ node: null, path: [], within: [] },
};
const toldCall = (from: string, to: string): Call => ({ from, to, reference: TOLD, matchedBy: 'id' });
