import type { Analysis } from './analyse';
import { nodeNoun } from './node-category';

/** How a workflow begins, by the noun of its trigger; other triggers are events of the system they are named after. */
const STARTS: ReadonlyMap<string, string> = new Map([
  ['chatTrigger', 'a chat message'],
  ['cron', 'a schedule'],
  ['emailReadImap', 'an e-mail'],
  ['errorTrigger', 'the failure of another workflow'],
  ['executeWorkflowTrigger', 'a call from another workflow'],
  ['formTrigger', 'a form'],
  ['interval', 'a schedule'],
  ['manualChatTrigger', 'a chat message'],
  ['manualTrigger', 'a click'],
  ['mcpTrigger', 'an MCP client'],
  ['scheduleTrigger', 'a schedule'],
  ['start', 'a click'],
  ['webhook', 'a webhook'],
]);
const NAMED_SYSTEMS = 4;

/** What a workflow does, in two sentences of facts: how it starts, what it talks to, how large it is. */
export function summaryOf({ graph, triggers, systems }: Analysis): string {
  const starts = [...new Set(triggers.map(({ type, name }) => STARTS.get(nodeNoun(type)) ?? `an event of ${name}`))];
  const named = systems.slice(0, NAMED_SYSTEMS).map(({ name }) => name);
  const others = systems.length - named.length;
  const talks = others > 0 ? [...named, `${others} more`] : named;
  const start = starts.length > 0 ? `Starts on ${list(starts, 'or')}` : 'Has no trigger';
  const reach = talks.length > 0 ? `talks to ${list(talks, 'and')}` : 'talks to no other system';
  const size = [count(graph.nodes, 'node'), count(graph.decisions, 'choice')].join(', ');
  return `${start} and ${reach}. ${size}${graph.cycles.length > 0 ? `, ${count(graph.cycles.length, 'loop')}` : ''}.`;
}

const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`;

function list(items: readonly string[], conjunction: string): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}
