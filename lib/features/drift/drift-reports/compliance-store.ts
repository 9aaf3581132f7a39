import { invalidField } from '@/lib/core/errors';
import type { Prisma } from '@/lib/kernel/db/generated/client';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { type Case, figuresOf, hoursOf, inTime } from './model';
import type { Compliance } from './schema';

export type Incident = Compliance['incidents'][number];
export type Acceptance = Compliance['acceptances'][number];
/** Moments from and until when, and which environment: all when none is named. */
export type Period = { environmentId?: string; from: Date; to: Date };

const DAY = 86_400_000;
const DAYS = 90;
const MOST_DAYS = 1_100;

/** What is asked for, filled up. Throws `invalid` for a period that nobody could look through. */
export function periodOf(asked: { environmentId?: string; from?: string; to?: string }, now: Date): Period {
  const to = asked.to ? new Date(asked.to) : now;
  const from = asked.from ? new Date(asked.from) : new Date(to.getTime() - DAYS * DAY);
  if (from > to) throw invalidField('from', 'It begins after it ends.', 'period_reversed');
  if (to.getTime() - from.getTime() > MOST_DAYS * DAY) {
    throw invalidField('from', `A period has at most ${MOST_DAYS} days.`, 'period_too_long');
  }
  return { environmentId: asked.environmentId, from, to };
}

const within = ({ from, to }: Period) => ({ gte: from, lte: to });
const iso = (date: Date | null) => date?.toISOString() ?? null;

/** The figures of a period, over everything in it. */
export async function readFigures(db: TenantDb, period: Period, now: Date) {
  const { environmentId, from, to } = period;
  const rows = await db.incident.findMany({
    where: { environmentId, detectedAt: within(period) },
    select: { status: true, detectedAt: true, dueAt: true, closedAt: true, expiredAt: true, resolution: true },
  });
  const checks = { environmentId, startedAt: within(period) };
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    ...figuresOf(rows.map(toCase), now),
    acceptanceCount: await db.reconciliation.count({ where: acceptedIn(period) }),
    checks: {
      total: await db.driftCheck.count({ where: checks }),
      failed: await db.driftCheck.count({ where: { ...checks, status: 'failed' } }),
    },
  };
}

type CaseRow = {
  status: string;
  detectedAt: Date;
  dueAt: Date;
  closedAt: Date | null;
  expiredAt: Date | null;
  resolution: string | null;
};

const toCase = (row: CaseRow): Case => ({
  status: row.status as Case['status'],
  detectedAt: row.detectedAt.toISOString(),
  dueAt: row.dueAt.toISOString(),
  closedAt: iso(row.closedAt),
  expiredAt: iso(row.expiredAt),
  resolution: row.resolution as Case['resolution'],
});

/** So many of them, newest first: the first ones, or those that come after one. */
export type Slice<Item> = { take: number; after?: Item };

export async function readIncidents(
  db: TenantDb,
  period: Period,
  { take, after }: Slice<Incident>,
  now: Date,
): Promise<Incident[]> {
  const rows = await db.incident.findMany({
    where: {
      environmentId: period.environmentId,
      detectedAt: within(period),
      ...(after ? olderThan('detectedAt', after.detectedAt, after.id) : {}),
    },
    include: { environment: { select: { name: true, class: true } }, _count: { select: { workflows: true } } },
    orderBy: [{ detectedAt: 'desc' }, { id: 'desc' }],
    take,
  });
  return rows.map((row): Incident => {
    const times = toCase(row);
    return {
      ...times,
      id: row.id,
      title: row.title,
      environment: row.environment.name,
      class: row.environment.class,
      severity: row.severity as Incident['severity'],
      workflowCount: row._count.workflows,
      hours: hoursOf(times),
      inTime: inTime(times, now),
    };
  });
}

/** Each acceptance as it was decided, also one that has run out or was replaced by a later one. */
export async function readAcceptances(
  db: TenantDb,
  period: Period,
  { take, after }: Slice<Acceptance>,
): Promise<Acceptance[]> {
  const rows = await db.reconciliation.findMany({
    where: { ...acceptedIn(period), ...(after ? olderThan('createdAt', after.at, after.id) : {}) },
    include: { incident: { select: { environment: { select: { name: true } } } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take,
  });
  return rows.map(({ id, incidentId, incident, keys, reason, actor, createdAt, expiresAt }) => ({
    id,
    incidentId,
    environment: incident.environment.name,
    workflowCount: keys.length,
    reason,
    by: (actor as Actor).label,
    at: createdAt.toISOString(),
    until: expiresAt!.toISOString(),
  }));
}

const acceptedIn = (period: Period): Prisma.ReconciliationWhereInput => ({
  resolution: 'accept',
  status: 'completed',
  createdAt: within(period),
  incident: { environmentId: period.environmentId },
});

/** By place, not by count: what is pruned or added meanwhile moves nothing. */
const olderThan = (field: 'detectedAt' | 'createdAt', at: string, id: string) => ({
  OR: [{ [field]: { lt: at } }, { [field]: at, id: { lt: id } }],
});
