import { blocked } from '@/lib/core/errors';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ApprovableAction, Policy } from '../drift-policies/model';
import { type IncidentRow, note } from '../incidents/store';
import { type ApprovalRequest, approvalDigest, statusOf } from './model';

type Use = {
  incident: IncidentRow;
  action: ApprovableAction;
  request: ApprovalRequest;
  policy: Pick<Policy, 'approvalFor'>;
  actor: Actor;
};

/**
 * Uses up the second person's word on exactly this, where the policy asks for one. Once: of two that come with the same
 * approval one is refused. Throws `blocked` saying what is missing; belongs into the transaction of the action itself.
 */
export async function consumeApproval(db: TenantDb, { incident, action, request, policy, actor }: Use): Promise<void> {
  if (!policy.approvalFor.includes(action)) return;
  const digest = approvalDigest(incident, action, request);
  const usable = { incidentId: incident.id, action, digest, status: 'approved', expiresAt: { gt: new Date() } };
  const approval = await db.driftApproval.findFirst({ where: usable, orderBy: { decidedAt: 'desc' } });
  const { count } = await db.driftApproval.updateMany({
    where: { ...usable, id: approval?.id ?? incident.id },
    data: { status: 'consumed', consumedAt: new Date(), version: { increment: 1 } },
  });
  if (count === 0) throw await refusal(db, incident.id, action);
  await note(db, incident.id, actor, 'approval_used', { approvalId: approval!.id, action });
}

/** What stands in the way, by the newest request of this kind. */
async function refusal(db: TenantDb, incidentId: string, action: ApprovableAction) {
  const newest = await db.driftApproval.findFirst({ where: { incidentId, action }, orderBy: { requestedAt: 'desc' } });
  const status = newest && statusOf(newest, new Date());
  const words: Partial<Record<string, string>> = {
    pending: 'The request waits for somebody to decide it.',
    approved: 'What was approved is something else, or the drift moved since.',
    rejected: 'The request was rejected.',
    expired: 'The approval ran out.',
    consumed: 'The approval has been used.',
  };
  const detail = (status && words[status]) ?? 'The policy asks for a second person, and nobody was asked yet.';
  return blocked(detail, 'approval_required', 'Ask for an approval; an admin other than you decides it.');
}
