import type { GlyphKind } from '@/components/ui/glyph';
import { RESOLUTIONS, type Resolution } from '@/lib/features/drift/incidents/model';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { APPROVABLE_WORDS, OUTCOME_WORDS, RESOLUTION_WORDS } from './incident-words';

type Entry = Pick<Incident['timeline'][number], 'type' | 'details'>;
/** `quote` is what somebody wrote. */
export type Told = { kind: GlyphKind; words: string; quote?: string };

type Details = Entry['details'];
const text = (details: Details, name: string): string | undefined => {
  const value = details[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const names = (details: Details, name: string): string => {
  const value = details[name];
  return Array.isArray(value) ? value.join(', ') : '';
};
const lookUp = <T>(words: Record<string, T>, key: string | undefined): T | undefined => (key ? words[key] : undefined);
const verbOf = (details: Details) => {
  const resolution = RESOLUTIONS.find((one) => one === details.resolution);
  return resolution ? RESOLUTION_WORDS[resolution as Resolution].verb : 'A resolution';
};
const actionOf = (details: Details) => lookUp<string>(APPROVABLE_WORDS, text(details, 'action'))?.toLowerCase() ?? 'it';

function driftChanged(details: Details): string {
  const parts = (
    [
      ['added', 'also'],
      ['edited', 'edited again:'],
      ['back', 'differs again:'],
      ['gone', 'differs no more:'],
    ] as const
  ).flatMap(([field, word]) => (names(details, field) ? [`${word} ${names(details, field)}`] : []));
  return `The drift moved: ${parts.join('; ')}`;
}

const problemOf = (details: Details): string => {
  const { problem } = details;
  const detail = problem && typeof problem === 'object' && !Array.isArray(problem) ? problem.detail : undefined;
  return typeof detail === 'string' ? `: ${detail}` : '';
};

const TELL: Record<string, (details: Details) => Omit<Told, 'quote'>> = {
  detected: (details) => ({ kind: 'bad', words: `A check found ${names(details, 'workflows')} to differ` }),
  drift_changed: (details) => ({ kind: 'bad', words: driftChanged(details) }),
  reopened: () => ({ kind: 'bad', words: 'Opened again: the resolution did not hold' }),
  acknowledged: () => ({ kind: 'dot', words: 'Acknowledged' }),
  stabilized: () => ({ kind: 'dot', words: 'Stabilized: it does no more harm' }),
  extended: (details) => ({ kind: 'dot', words: `Given ${details.hours} h more time` }),
  updated: (details) => ({
    kind: 'dot',
    words: 'ownerId' in details ? (details.ownerId ? 'Has an owner now' : 'Has no owner any more') : 'Ticket changed',
  }),
  warned: () => ({ kind: 'warn', words: 'Due soon' }),
  expired: () => ({ kind: 'bad', words: 'Overdue: it was escalated' }),
  note: () => ({ kind: 'dot', words: 'Note' }),
  approval_requested: (details) => ({ kind: 'wait', words: `A second person was asked for: ${actionOf(details)}` }),
  approval_approved: (details) => ({ kind: 'ok', words: `Approved: ${actionOf(details)}` }),
  approval_rejected: (details) => ({ kind: 'bad', words: `Rejected: ${actionOf(details)}` }),
  approval_cancelled: (details) => ({ kind: 'dot', words: `Request withdrawn: ${actionOf(details)}` }),
  approval_used: (details) => ({ kind: 'dot', words: `Approval used: ${actionOf(details)}` }),
  resolution_started: (details) => ({ kind: 'dot', words: `${verbOf(details)}: begun` }),
  resolved: (details) => ({ kind: 'ok', words: `${verbOf(details)}: done and read back` }),
  resolution_failed: (details) => ({ kind: 'bad', words: `${verbOf(details)}: failed${problemOf(details)}` }),
  reconciled: () => ({ kind: 'dot', words: 'Resolved; the next check decides' }),
  closed: (details) => {
    const outcome = lookUp<string>(OUTCOME_WORDS, text(details, 'resolution'));
    return { kind: 'ok', words: outcome ? `Closed: ${outcome}` : 'Closed' };
  },
};

/** One thing that happened, as a line; a type without words shows its own name. */
export function tellEntry({ type, details }: Entry): Told {
  const told = TELL[type]?.(details) ?? { kind: 'dot' as const, words: type.replaceAll('_', ' ') };
  return { ...told, quote: text(details, 'text') ?? text(details, 'reason') ?? text(details, 'comment') };
}
