import type { Query } from '@/lib/client/api';

/** Names in the URL. `from` and `to` are days; the API takes moments. */
export const AUDIT_FILTERS = ['action', 'actorId', 'outcome', 'targetId', 'from', 'to', 'cursor'] as const;
export type AuditFilter = (typeof AUDIT_FILTERS)[number];

/** The log is in the order of its chain; nothing else would be a log. */
export const AUDIT_SORT = { column: 'seq', descending: true } as const;

type AuditState = { search: string; filters: Record<AuditFilter, string> };

/** What narrows the log, as the API and the export take it; `cursor` is a place in it, and left to `auditQuery`. */
export function narrowingOf({ search, filters }: AuditState, timeZone: string): Query {
  const { action, actorId, outcome, targetId, from, to } = filters;
  return {
    search: search || undefined,
    action: action || undefined,
    actorId: actorId || undefined,
    outcome: outcome || undefined,
    targetId: targetId || undefined,
    from: startOfDay(from, timeZone),
    to: startOfDay(to, timeZone, 1),
  };
}

export const auditQuery = (state: AuditState, timeZone: string): Query => ({
  ...narrowingOf(state, timeZone),
  cursor: state.filters.cursor || undefined,
});

/** The moment a day (`2026-11-23`) begins in a zone, or `later` days after; undefined for what is no day. */
export function startOfDay(day: string, timeZone: string, later = 0): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return undefined;
  const midnightUtc = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + later);
  if (Number.isNaN(midnightUtc)) return undefined;
  // Twice: the offset at the guess may differ from the one at the answer when clocks change that night.
  const guess = midnightUtc - offsetAt(midnightUtc, timeZone);
  return new Date(midnightUtc - offsetAt(guess, timeZone)).toISOString();
}

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
