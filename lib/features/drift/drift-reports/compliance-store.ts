import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { figuresOf, hoursOf, inTime } from './model';
import type { Compliance } from './schema';

type Period = { environmentId?: string; from?: string; to?: string };
type Incident = Compliance['incidents'][number];

const DAYS = 90;
const iso = (date: Date | null) => date?.toISOString() ?? null;

/** What happened to drift in a period: the figures, and the incidents and acceptances they are made of. */
export async function readCompliance(db: TenantDb, period: Period, now: Date): Promise<Compliance> {
  const { environmentId } = period;
  const to = period.to ? new Date(period.to) : now;
  const from = period.from ? new Date(period.from) : new Date(to.getTime() - DAYS * 86_400_000);
  const within = { gte: from, lte: to };
  const rows = await db.incident.findMany({
    where: { environmentId, detectedAt: within },
    include: { environment: { select: { name: true, class: true } }, _count: { select: { workflows: true } } },
    orderBy: [{ detectedAt: 'asc' }, { id: 'asc' }],
  });
  const incidents = rows.map((row): Incident => {
    const times = {
      detectedAt: row.detectedAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      closedAt: iso(row.closedAt),
    };
    return {
      ...times,
      id: row.id,
      title: row.title,
      environment: row.environment.name,
      class: row.environment.class,
      severity: row.severity as Incident['severity'],
      status: row.status as Incident['status'],
      resolution: row.resolution as Incident['resolution'],
      expiredAt: iso(row.expiredAt),
      workflowCount: row._count.workflows,
      hours: hoursOf(times),
      inTime: inTime(times, now),
    };
  });
  const accepted = await db.acceptedDrift.findMany({
    where: { environmentId, createdAt: within },
    include: { environment: { select: { name: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const checks = { environmentId, startedAt: within };
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    ...figuresOf(incidents, now),
    acceptances: accepted.map(({ environment, key, reason, actor, createdAt, expiresAt }) => ({
      environment: environment.name,
      key,
      reason,
      by: (actor as Actor).label,
      at: createdAt.toISOString(),
      until: expiresAt.toISOString(),
    })),
    checks: {
      total: await db.driftCheck.count({ where: checks }),
      failed: await db.driftCheck.count({ where: { ...checks, status: 'failed' } }),
    },
    incidents,
  };
}
