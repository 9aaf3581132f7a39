import { z } from 'zod';
import { ById, Flag, Id, inOrder, listQuery, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { CHECK_STATUSES, CHECK_TRIGGERS } from '../drift-detection/model';
import { Difference, Expected } from '../drift-detection/schema';
import { INCIDENT_STATUSES, OUTCOMES } from '../incidents/model';
import { DriftClass, IncidentStatus, Severity } from '../incidents/schema';

const count = z.number().int();

/** One look at one environment. */
export const DriftReport = z
  .object({
    id: Id,
    environment: EnvironmentRef,
    /** `failed`: it says nothing about drift. */
    status: z.enum(CHECK_STATUSES),
    trigger: z.enum(CHECK_TRIGGERS),
    startedBy: z.string(),
    startedAt: Timestamp,
    durationMs: count,
    approvedSha: z.string().nullable(),
    workflowCount: count,
    comparedCount: count,
    driftedCount: count,
    /** Differences that were declared, made through us with a reason, or accepted. */
    expectedCount: count,
    unmanagedCount: count,
    byClass: z.partialRecord(DriftClass, count),
    problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .meta({ id: 'DriftReport' });
export type DriftReport = z.infer<typeof DriftReport>;

export const ListDriftReports = inOrder(
  listQuery(['startedAt', 'durationMs', 'driftedCount'], '-startedAt').extend({
    environmentId: Id.optional(),
    status: z.enum(CHECK_STATUSES).optional(),
    trigger: z.enum(CHECK_TRIGGERS).optional(),
    from: Timestamp.optional(),
    to: Timestamp.optional(),
  }),
);
export const DriftReportPage = pageOf(DriftReport);

/** One workflow that differed. */
const DriftReportFlag = Difference.extend({
  key: z.string(),
  workflowId: Id.nullable(),
  n8nId: z.string().nullable(),
  name: z.string(),
  expected: Expected.nullable(),
});

/** `flags`: the first two hundred of `flagCount`, drift before what is expected, the gravest first. */
export const DriftReportDetail = DriftReport.extend({ flagCount: count, flags: z.array(DriftReportFlag) }).meta({
  id: 'DriftReportDetail',
});
export type DriftReportDetail = z.infer<typeof DriftReportDetail>;
export const GetDriftReport = ById;
export const ListDriftReportFlags = listQuery(['name'], 'name').extend({
  ...ById.shape,
  driftClass: DriftClass.optional(),
  severity: Severity.optional(),
  /** Differences that somebody answers for; false: drift alone. */
  expected: Flag.optional(),
});
export const DriftReportFlagPage = pageOf(DriftReportFlag);

const period = { environmentId: Id.optional(), from: Timestamp.optional(), to: Timestamp.optional() };
/** Incidents that were detected from then until then, 1,100 days at most; the last 90 when nothing is said. */
export const GetCompliance = inOrder(z.object(period));
export const ExportCompliance = inOrder(z.object({ ...period, format: z.enum(['csv', 'json']).default('csv') }));

const ComplianceIncident = z.object({
  id: Id,
  title: z.string(),
  environment: z.string(),
  class: z.string(),
  severity: Severity,
  status: IncidentStatus,
  detectedAt: Timestamp,
  dueAt: Timestamp,
  closedAt: Timestamp.nullable(),
  expiredAt: Timestamp.nullable(),
  resolution: z.enum(OUTCOMES).nullable(),
  workflowCount: count,
  /** Hours from detection to the end; null while it is open. */
  hours: z.number().nullable(),
  /** Ended before it was due; null while neither has come. */
  inTime: z.boolean().nullable(),
});

export const Compliance = z
  .object({
    from: Timestamp,
    to: Timestamp,
    total: count,
    byStatus: z.record(z.enum(INCIDENT_STATUSES), count),
    byResolution: z.partialRecord(z.enum(OUTCOMES), count),
    /** UTC days with anything in them. */
    overTime: z.array(z.object({ day: z.iso.date(), detected: count, closed: count })),
    averageHours: z.number().nullable(),
    /** Of those whose time is up or that have ended: how many ended in time. 0 to 100; null when there are none. */
    inTimePercentage: z.number().nullable(),
    expiredCount: count,
    acceptanceCount: count,
    /** What was allowed to differ, by whom and why: the newest hundred of `acceptanceCount`. */
    acceptances: z.array(
      z.object({
        id: Id,
        incidentId: Id,
        environment: z.string(),
        workflowCount: count,
        reason: z.string(),
        by: z.string(),
        at: Timestamp,
        until: Timestamp,
      }),
    ),
    checks: z.object({ total: count, failed: count }),
    /** The newest hundred of `total`. */
    incidents: z.array(ComplianceIncident),
  })
  .meta({ id: 'DriftCompliance' });
export type Compliance = z.infer<typeof Compliance>;
