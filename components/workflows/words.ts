import type { Complexity, TriggerKind } from '@/lib/features/inventory/workflows/model';

/** How each trigger is called on a page. */
export const TRIGGER_WORDS: Record<TriggerKind, string> = {
  webhook: 'webhook',
  schedule: 'schedule',
  manual: 'manual',
  form: 'form',
  chat: 'chat',
  subworkflow: 'called by another',
  error: 'on errors',
  other: 'service trigger',
};

export const COMPLEXITY_WORDS: Record<Complexity, string> = {
  simple: 'simple',
  moderate: 'moderate',
  complex: 'complex',
  veryComplex: 'very complex',
};
