import { z } from 'zod';
import { ById, Id, listQuery, Prose, pageOf, Timestamp } from '@/lib/core/schema';
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
  /** Of `keep`: although secrets are written out. */
  acceptSecrets: z.boolean().optional(),
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
  .strictObject({ incidentId: Id, action: z.enum(APPROVABLE_ACTIONS), reason: Prose(2_000).optional(), ...request })
  .check((ctx) => {
    const { action, resolution, expiresAt, hours, acceptSecrets } = ctx.value;
    const refuse = (path: string, message: string) =>
      ctx.issues.push({ code: 'custom', path: [path], message, input: ctx.value });
    if (action === 'resolve' && !resolution) refuse('resolution', 'Say which resolution.');
    if (action === 'extend' && !hours) refuse('hours', 'Say which hours.');
    if (resolution === 'accept' && !expiresAt) refuse('expiresAt', 'Say until when it may differ.');
    // What the action will not be asked with, an approval of it could never be used for.
    const fields = { resolve: ['resolution', 'workflowIds'], extend: ['hours'], acknowledge: [] }[action] as string[];
    if (resolution === 'accept') fields.push('expiresAt');
    if (resolution === 'keep') fields.push('acceptSecrets');
    for (const [field, value] of Object.entries({ ...ctx.value, acceptSecrets: acceptSecrets || undefined })) {
      if (field in request && value !== undefined && !fields.includes(field))
        refuse(field, 'This is not asked with it.');
    }
  });

const Comment = Prose(2_000).optional();
export const DecideDriftApproval = z.strictObject({ ...ById.shape, comment: Comment });
