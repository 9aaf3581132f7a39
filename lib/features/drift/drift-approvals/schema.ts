import { z } from 'zod';
import { ById, Id, listQuery, Name, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { APPROVABLE_ACTIONS } from '../drift-policies/model';
import { RESOLUTIONS } from '../incidents/model';
import { APPROVAL_STATUSES } from './model';

const Who = z.object({ type: z.string(), id: z.string().nullable(), label: z.string() });
/** Whether the caller may do it now, and if not, why. */
const Possible = z.object({ allowed: z.boolean(), reason: z.string().nullable() });
const request = {
  resolution: z.enum(RESOLUTIONS).optional(),
  workflowIds: z.array(Id).min(1).max(1_000).optional(),
  /** Of an acceptance. */
  expiresAt: Timestamp.optional(),
  /** More time that is asked for. */
  hours: z.number().int().min(1).max(8_760).optional(),
};

export const DriftApproval = z
  .object({
    id: Id,
    incident: z.object({ id: Id, title: z.string(), severity: z.string(), status: z.string() }),
    environment: EnvironmentRef,
    action: z.enum(APPROVABLE_ACTIONS),
    status: z.enum(APPROVAL_STATUSES),
    request: z.object(request),
    /** The incident moved since: approving it would allow nothing any more. */
    outdated: z.boolean(),
    reason: z.string().nullable(),
    requester: Who,
    requestedAt: Timestamp,
    expiresAt: Timestamp,
    decider: Who.nullable(),
    decidedAt: Timestamp.nullable(),
    comment: z.string().nullable(),
    consumedAt: Timestamp.nullable(),
    can: z.object({ approve: Possible, reject: Possible, cancel: Possible }),
    version: z.number().int(),
  })
  .meta({ id: 'DriftApproval' });
export type DriftApproval = z.infer<typeof DriftApproval>;

export const ListDriftApprovals = listQuery(['requestedAt', 'expiresAt', 'decidedAt'], '-requestedAt').extend({
  status: z.enum(APPROVAL_STATUSES).optional(),
  incidentId: Id.optional(),
  environmentId: Id.optional(),
  action: z.enum(APPROVABLE_ACTIONS).optional(),
});
export const DriftApprovalPage = pageOf(DriftApproval);

/** The same words as the action itself will be asked for. */
export const RequestDriftApproval = z
  .strictObject({ incidentId: Id, action: z.enum(APPROVABLE_ACTIONS), reason: Name(2_000).optional(), ...request })
  .check((ctx) => {
    const { action, resolution, hours } = ctx.value;
    const missing = action === 'resolve' && !resolution ? 'resolution' : action === 'extend' && !hours ? 'hours' : null;
    if (missing)
      ctx.issues.push({ code: 'custom', path: [missing], message: `Say which ${missing}.`, input: ctx.value });
  });

const Comment = Name(2_000).optional();
export const DecideDriftApproval = z.strictObject({ ...ById.shape, comment: Comment });
