import type { DriftPolicy } from '@/lib/features/drift/drift-policies/schema';
import { FIELD_WORDS, type PolicyField, type PolicyValues } from './policy-words';

/** What was typed and not saved yet, and the version it was typed over. */
export type PolicyDraft = { changes: Partial<PolicyValues>; basedOn: number | null };

export const NO_CHANGES: PolicyDraft = { changes: {}, basedOn: null };

const isSame = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((item) => b.includes(item)) : a === b;

/** What the form shows: what is saved, with what was typed over it. */
export const shownOf = (saved: DriftPolicy, { changes }: PolicyDraft): PolicyValues => ({ ...saved, ...changes });

/** The draft after one more change; back at what is saved, nothing is left of it. */
export function change(draft: PolicyDraft, saved: DriftPolicy, values: Partial<PolicyValues>): PolicyDraft {
  const merged = { ...draft.changes, ...values };
  const kept = Object.entries(merged).filter(([field, value]) => !isSame(value, saved[field as PolicyField]));
  if (kept.length === 0) return NO_CHANGES;
  return { changes: Object.fromEntries(kept), basedOn: draft.basedOn ?? saved.version };
}

export const isChanged = ({ changes }: PolicyDraft): boolean => Object.keys(changes).length > 0;

/** Somebody else saved while this was typed. */
export const isOvertaken = ({ basedOn }: PolicyDraft, { version }: Pick<DriftPolicy, 'version'>): boolean =>
  basedOn !== null && basedOn !== version;

/** What would be sent, and why it can't be; undefined when it can. */
export function whyNot(values: PolicyValues): string | undefined {
  const { criticalHours, highHours, mediumHours, lowHours } = values;
  const hours = [criticalHours, highHours, mediumHours, lowHours];
  const numbers = Object.entries(values).filter(([, value]) => typeof value === 'number') as [PolicyField, number][];
  const broken = numbers.find(([, value]) => !Number.isInteger(value));
  if (broken) return `“${FIELD_WORDS[broken[0]]}” needs a whole number.`;
  if (hours.some((value, at) => at > 0 && value < hours[at - 1]!)) {
    return 'A graver incident can’t have more time than a lesser one.';
  }
  return undefined;
}
