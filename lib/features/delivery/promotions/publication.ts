import { triggerKinds } from '@/lib/features/inventory/workflows/model';
import type { InstanceVersion } from '@/lib/ports/provider-probe';
import type { Call } from '@/lib/workflow/closure/call-graph';
import type { Closure } from '@/lib/workflow/closure/closure';
import type { WorkflowGraph } from '@/lib/workflow/model';
import type { Member } from './gathering';
import type { LiveSide } from './reading';
import type { Choice } from './schema';

/** What the target's line of n8n asks for before it publishes; measured on 1.123 and 2.x. */
export type PublishingRules = {
  /** What a published workflow calls must be published. */
  calleesFirst: boolean;
  /** What only another workflow, an error or a person starts cannot be published, and runs all the same. */
  needsOwnTrigger: boolean;
};

export function rulesOf({ exact, atLeast }: InstanceVersion): PublishingRules {
  const isSecond = Number.parseInt(exact ?? atLeast, 10) >= 2;
  return { calleesFirst: isSecond, needsOwnTrigger: !isSecond };
}

const STARTED_FROM_INSIDE = new Set(['subworkflow', 'error', 'manual']);
export const hasOwnTrigger = (workflow: WorkflowGraph): boolean =>
  triggerKinds(workflow).some((kind) => !STARTED_FROM_INSIDE.has(kind));

/** Calls that keep the caller from being published while the callee is not. */
export const bindingCalls = ({ calls }: Closure): Call[] =>
  calls.filter(
    ({ from, to, reference: { role, node, within } }) =>
      from !== to && role === 'execute' && within.length === 0 && node?.disabled === false,
  );

/**
 * Which members are published afterwards, by n8n's id in the source: as somebody chose, else as it is in the target, and
 * for a new one as in the source; a new one also where what calls it could not be published without.
 */
export function publications(
  members: readonly Member[],
  closure: Closure,
  target: LiveSide,
  { choices, rules }: { choices: ReadonlyMap<string, Choice>; rules: PublishingRules },
): Map<string, boolean> {
  const callers = Map.groupBy(bindingCalls(closure), ({ to }) => to);
  const rank = new Map(closure.publishOrder.map((id, at) => [id, at]));
  const callersFirst = members.toSorted((a, b) => (rank.get(b.source.n8nId) ?? 0) - (rank.get(a.source.n8nId) ?? 0));
  const published = new Map<string, boolean>();
  for (const { source, workflow, target: standing } of callersFirst) {
    const chosen = choices.get(source.id)?.active;
    const remote = standing && target.remote(standing.n8nId);
    const isNeeded = callers.get(source.n8nId)?.some(({ from }) => published.get(from)) ?? false;
    const fromSource = (workflow?.active ?? false) || (rules.calleesFirst && isNeeded);
    const canBe = !rules.needsOwnTrigger || (workflow !== null && hasOwnTrigger(workflow));
    published.set(source.n8nId, chosen ?? (remote ? remote.published !== null : fromSource && canBe));
  }
  return published;
}
