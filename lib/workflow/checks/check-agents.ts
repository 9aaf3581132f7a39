import { reachFrom } from '../analysis/reach';
import type { WorkflowNode } from '../model';
import type { Check } from './check';
import { exposureOf, isUntrusted } from './exposure';

/** Tools that can neither tell nor change anything outside. */
const HARMLESS = /\.tool(Calculator|Think|Wikipedia|WolframAlpha)$/;

/** Text of strangers that reaches an agent with tools: whoever writes it can ask for them. */
export const untrustedAgent: Check = {
  id: 'untrusted-agent',
  severity: 'warning',
  title: 'Strangers can talk to an agent that has tools',
  remedy: 'Authenticate the trigger, take away tools that change anything, or put an approval before them.',
  *find({ workflow, flow }) {
    const { nodes, edges } = workflow;
    const byName = new Map(nodes.map((node) => [node.name, node]));
    const tools = Map.groupBy(
      edges.filter(({ type, from }) => type === 'ai_tool' && isActing(byName.get(from))),
      ({ to }) => to,
    );
    if (tools.size === 0) return;
    const seen = new Set<number>();
    for (const start of openFirst(nodes)) {
      const trigger = nodes[start]!;
      for (const reached of reachFrom([start], flow, seen)) {
        seen.add(reached);
        const node = nodes[reached]!;
        const named = tools.get(node.name)?.map(({ from }) => `"${from}"`);
        if (!named || node.disabled) continue;
        const severity = exposureOf(trigger) === 'open' ? 'error' : 'warning';
        const message = `What arrives at "${trigger.name}" reaches the agent "${node.name}", which can use ${named.join(', ')}.`;
        yield { node, severity, message };
      }
    }
  },
};

/** Untrusted triggers, those open to anyone before the others: an agent is reported once, with the worst. */
function openFirst(nodes: readonly WorkflowNode[]): number[] {
  const untrusted = [...nodes.keys()].filter((position) => isUntrusted(nodes[position]!));
  const isClosed = (position: number) => Number(exposureOf(nodes[position]!) !== 'open');
  return untrusted.toSorted((a, b) => isClosed(a) - isClosed(b));
}

const isActing = (tool: WorkflowNode | undefined): boolean =>
  tool !== undefined && !tool.disabled && !HARMLESS.test(tool.type);
