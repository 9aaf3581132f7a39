import { sha256 } from '#sha256';
import { writeJson } from '@/lib/workflow/canonical/write-json';
import type { Json } from '@/lib/workflow/model';
import type { ApprovableAction } from '../drift-policies/model';
import type { Resolution } from '../incidents/model';

export const APPROVAL_STATUSES = ['pending', 'approved', 'rejected', 'cancelled', 'expired', 'consumed'] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

/** What exactly is asked for. Workflows: all open ones of the incident when none are named. */
export type ApprovalRequest = {
  resolution?: Resolution;
  workflowIds?: string[];
  expiresAt?: string;
  hours?: number;
  acceptSecrets?: boolean;
};

/**
 * What an approval is good for: this, and nothing else. A resolution binds to the drift it was decided on; once that
 * moves, the approval fits no more.
 */
export const approvalDigest = (
  incident: { id: string; driftDigest: string },
  action: ApprovableAction,
  { workflowIds, expiresAt, acceptSecrets, ...request }: ApprovalRequest,
): string => {
  const drift = action === 'resolve' ? incident.driftDigest : null;
  const asked = {
    ...request,
    // However the same moment is written.
    expiresAt: expiresAt && new Date(expiresAt).toISOString(),
    acceptSecrets: acceptSecrets || undefined,
    workflowIds: workflowIds && [...new Set(workflowIds)].sort(),
  };
  return sha256(writeJson([incident.id, action, drift, withoutUndefined(asked)] as Json));
};

const withoutUndefined = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

/** As it is now: what was not decided or used in time has run out, whatever the row says. */
export function statusOf({ status, expiresAt }: { status: string; expiresAt: Date }, now: Date): ApprovalStatus {
  const passing = status === 'pending' || status === 'approved';
  return passing && expiresAt <= now ? 'expired' : (status as ApprovalStatus);
}

/** Nobody decides the own request, unless there is nobody else. Persons, whether they came with a session or a key. */
export const mayDecide = (requester: string | null, decider: string | null, members: number): boolean =>
  members === 1 || requester === null || requester !== decider;
