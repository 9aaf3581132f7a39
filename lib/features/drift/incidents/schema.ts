import { z } from 'zod';
import { ById, Flag, Id, listQuery, Name, Prose, pageOf, Timestamp } from '@/lib/core/schema';
import { Run } from '@/lib/features/change/journal/schema';
import { EnvironmentClass, EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { APPROVABLE_ACTIONS, SEVERITIES } from '../drift-policies/model';
import { DRIFT_CLASSES, INCIDENT_STATUSES, OUTCOMES, RESOLUTIONS } from './model';

export const Severity = z.enum(SEVERITIES);
export const IncidentStatus = z.enum(INCIDENT_STATUSES);
export const DriftClass = z.enum(DRIFT_CLASSES);

/** One workflow of an incident. `workflowId` is null where the inventory never saw it. */
export const AffectedWorkflow = z
  .object({
    key: z.string(),
    workflowId: Id.nullable(),
    n8nId: z.string().nullable(),
    name: z.string(),
    driftClass: DriftClass,
    classes: z.array(DriftClass),
    severity: Severity,
    status: z
      .enum(['open', 'resolved', 'accepted', 'gone'])
      .meta({ description: '`gone`: the difference went away by itself.' }),
    detectedAt: Timestamp,
    settledAt: Timestamp.nullable(),
  })
  .meta({ id: 'AffectedWorkflow' });
export const AffectedInDetail = AffectedWorkflow.extend({
  sentences: z.array(z.string()),
  reasons: z.array(z.object({ rule: z.string(), level: z.string(), message: z.string() })),
});

const summary = {
  id: Id,
  environment: EnvironmentRef,
  status: IncidentStatus,
  severity: Severity,
  title: z.string(),
  driftDigest: z.string().meta({ description: 'Binds a decision to what was seen: send it back with a resolution.' }),
  ownerId: Id.nullable().meta({ description: "Who works on it: a member's id." }),
  ticket: z.string().nullable(),
  dueAt: Timestamp,
  overdue: z.boolean(),
  expiredAt: Timestamp.nullable().meta({ description: 'When it was escalated.' }),
  detectedAt: Timestamp,
  lastSeenAt: Timestamp.meta({ description: 'When a check last found it so.' }),
  acknowledgedAt: Timestamp.nullable(),
  stabilizedAt: Timestamp.nullable(),
  reconciledAt: Timestamp.nullable(),
  closedAt: Timestamp.nullable(),
  resolution: z.enum(OUTCOMES).nullable(),
  affectedCount: z.number().int(),
  openCount: z.number().int(),
  version: z.number().int(),
};

/** `affectedWorkflows`: the first twenty, the gravest first. */
export const IncidentSummary = z
  .object({ ...summary, affectedWorkflows: z.array(AffectedWorkflow) })
  .meta({ id: 'IncidentSummary' });
export type IncidentSummary = z.infer<typeof IncidentSummary>;

/** One thing that happened. */
export const TimelineEntry = z.object({
  id: Id,
  at: Timestamp,
  type: z.string(),
  actor: z.object({ type: z.string(), id: z.string().nullable(), label: z.string() }),
  details: z.record(z.string(), z.json()),
});

/** What may be done now, and if not, why and what would allow it. */
export const IncidentAction = z.object({
  action: z.enum(['acknowledge', 'stabilize', 'extend', ...RESOLUTIONS]),
  allowed: z.boolean(),
  detail: z.string().nullable(),
  allowedBy: z.string().nullable(),
  needsApproval: z.boolean().meta({ description: 'A second person has to agree first.' }),
});
export type IncidentAction = z.infer<typeof IncidentAction>;

export const Incident = z
  .object({
    ...summary,
    affectedWorkflows: z
      .array(AffectedInDetail)
      .meta({ description: 'The gravest two hundred of `affectedCount`, the open ones first.' }),
    timeline: z.array(TimelineEntry),
    actions: z.array(IncidentAction),
    approvals: z.array(
      z.object({
        id: Id,
        action: z.enum(APPROVABLE_ACTIONS),
        status: z.string(),
        requestedBy: z.string(),
        requestedAt: Timestamp,
        expiresAt: Timestamp,
      }),
    ),
    reconciliations: z.array(
      z.object({
        id: Id,
        resolution: z.enum(RESOLUTIONS),
        status: z.enum(['pending', 'completed', 'failed', 'needs_attention']),
        reason: z.string(),
        by: z.string(),
        workflowCount: z.number().int(),
        expiresAt: Timestamp.nullable(),
        jobId: Id.nullable(),
        runId: Id.nullable(),
        run: Run.nullable().meta({
          description: 'What was written to the instance, step by step: of the newest `revert` or `replace` alone.',
        }),
        commitSha: z.string().nullable(),
        problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
        createdAt: Timestamp,
        finishedAt: Timestamp.nullable(),
      }),
    ),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof Incident>;

export const ListIncidents = listQuery(['detectedAt', 'dueAt', 'lastSeenAt', 'closedAt'], '-detectedAt').extend({
  environmentId: Id.optional(),
  class: EnvironmentClass.optional(),
  status: IncidentStatus.optional(),
  open: Flag.optional().meta({ description: 'Everything that is not closed.' }),
  severity: Severity.optional(),
  overdue: Flag.optional(),
  workflowId: Id.optional(),
  driftClass: DriftClass.optional(),
  ownerId: Id.optional(),
});
export const IncidentPage = pageOf(IncidentSummary);

export const ListIncidentWorkflows = listQuery(['name', 'detectedAt'], 'name').extend({
  ...ById.shape,
  status: AffectedWorkflow.shape.status.optional(),
  driftClass: DriftClass.optional(),
  severity: Severity.optional(),
});
export const IncidentWorkflowPage = pageOf(AffectedInDetail);

export const IncidentStats = z.object({
  open: z.number().int(),
  overdue: z.number().int(),
  byStatus: z.record(IncidentStatus, z.number().int()),
  bySeverity: z.record(Severity, z.number().int()).meta({ description: 'Of the open ones.' }),
});

const Reason = Prose(2_000);
export const AcknowledgeIncident = z.strictObject({
  ...ById.shape,
  reason: Reason.optional(),
  ticket: Name(200).optional(),
});
/** A remark for whoever works on it next; it stays in the timeline. */
export const NoteOnIncident = z.strictObject({ ...ById.shape, text: Prose(2_000) });
export const StabilizeIncident = z.strictObject({ ...ById.shape, reason: Reason.optional() });
/** Null takes it out. */
export const UpdateIncident = z.strictObject({
  ...ById.shape,
  ownerId: Id.nullable().optional(),
  ticket: Name(200).nullable().optional(),
});
export const ExtendIncident = z.strictObject({
  ...ById.shape,
  hours: z.number().int().min(1).max(8_760),
  reason: Reason,
});
