import { INCIDENT_STATUSES, type IncidentStatus, type Outcome } from '../incidents/model';
import type { Compliance } from './schema';

/** An incident as the figures are made of. */
export type Case = Pick<
  Compliance['incidents'][number],
  'status' | 'detectedAt' | 'dueAt' | 'closedAt' | 'resolution'
> & {
  expiredAt: string | null;
};

const HOUR = 3_600_000;
const PRECISION = 100;
const rounded = (value: number) => Math.round(value * PRECISION) / PRECISION;

export const hoursOf = ({ detectedAt, closedAt }: Pick<Case, 'detectedAt' | 'closedAt'>): number | null =>
  closedAt === null ? null : rounded((Date.parse(closedAt) - Date.parse(detectedAt)) / HOUR);

/** Null while it is open and not yet due: nobody knows. */
export function inTime({ closedAt, dueAt }: Pick<Case, 'closedAt' | 'dueAt'>, now: Date): boolean | null {
  if (closedAt !== null) return Date.parse(closedAt) <= Date.parse(dueAt);
  return Date.parse(dueAt) <= now.getTime() ? false : null;
}

/** The figures of a period. Pure. */
export function figuresOf(cases: readonly Case[], now: Date) {
  const hours = cases.flatMap((one) => hoursOf(one) ?? []);
  const judged = cases.flatMap((one) => inTime(one, now) ?? []);
  const days = new Map<string, { detected: number; closed: number }>();
  const on = (at: string) => {
    const day = at.slice(0, 10);
    const counts = days.get(day) ?? { detected: 0, closed: 0 };
    days.set(day, counts);
    return counts;
  };
  for (const { detectedAt, closedAt } of cases) {
    on(detectedAt).detected += 1;
    if (closedAt) on(closedAt).closed += 1;
  }
  return {
    total: cases.length,
    byStatus: Object.fromEntries(
      INCIDENT_STATUSES.map((status) => [status, cases.filter((one) => one.status === status).length]),
    ) as Record<IncidentStatus, number>,
    byResolution: Object.fromEntries(
      [
        ...Map.groupBy(
          cases.filter(({ resolution }) => resolution !== null),
          ({ resolution }) => resolution!,
        ),
      ].map(([resolution, those]) => [resolution, those.length]),
    ) as Partial<Record<Outcome, number>>,
    overTime: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, counts]) => ({ day, ...counts })),
    averageHours: hours.length > 0 ? rounded(hours.reduce((sum, one) => sum + one, 0) / hours.length) : null,
    inTimePercentage: judged.length > 0 ? rounded((judged.filter(Boolean).length / judged.length) * 100) : null,
    expiredCount: cases.filter(({ expiredAt }) => expiredAt !== null).length,
  };
}
