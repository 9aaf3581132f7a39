import { STICKY_NOTE } from './model';

/** Triggers whose type does not end in `Trigger`. */
const TRIGGERS = new Set([
  'n8n-nodes-base.webhook',
  'n8n-nodes-base.cron',
  'n8n-nodes-base.interval',
  'n8n-nodes-base.start',
  'n8n-nodes-base.emailReadImap',
]);

const SCHEDULES = new Set(['n8n-nodes-base.scheduleTrigger', 'n8n-nodes-base.cron', 'n8n-nodes-base.interval']);

/** What a node is to the workflow: it starts it by clock, starts it otherwise, does work, or is only drawn. */
export type NodeKind = 'schedule' | 'trigger' | 'step' | 'note';

/** The kind of a node, from its type alone. */
export function nodeKind(type: string): NodeKind {
  if (type === STICKY_NOTE) return 'note';
  if (SCHEDULES.has(type)) return 'schedule';
  return TRIGGERS.has(type) || type.endsWith('Trigger') ? 'trigger' : 'step';
}
