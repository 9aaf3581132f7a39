import type { Role } from '@/lib/core/permissions';
import { decide, type GuardedAction, type GuardedEnvironment } from '@/lib/features/connections/environments/model';
import type { ApprovableAction, Policy } from '../drift-policies/model';
import { canMove, type IncidentStatus, RESOLUTIONS, type Resolution } from './model';
import type { IncidentAction } from './schema';

/** What the action guard is asked for, by resolution. */
export const GUARD_OF: Record<Resolution, GuardedAction> = {
  revert: 'revert',
  replace: 'revert',
  keep: 'keepHotfix',
  accept: 'acceptDrift',
};

type Situation = {
  status: IncidentStatus;
  openCount: number;
  /** A resolution that has not ended. */
  running: boolean;
  environment: GuardedEnvironment;
  role: Role;
  mayWrite: boolean;
  policy: Pick<Policy, 'approvalFor'>;
};

type Refusal = { detail: string; allowedBy: string };

/** Everything that can be done with an incident, and for what cannot: why, and what would allow it. */
export function actionsOf(situation: Situation): IncidentAction[] {
  return [
    say('acknowledge', situation, refuseMove(situation, 'acknowledged')),
    say('stabilize', situation, refuseMove(situation, 'stabilized')),
    say('extend', situation, refuseClosed(situation) ?? refuseRole(situation)),
    ...RESOLUTIONS.map((one) => say(one, situation, refuseResolution(situation, one))),
  ];
}

function say(action: IncidentAction['action'], { policy }: Situation, refusal: Refusal | null): IncidentAction {
  const kind: ApprovableAction | null =
    action === 'stabilize' ? null : action === 'acknowledge' || action === 'extend' ? action : 'resolve';
  const needsApproval = kind !== null && policy.approvalFor.includes(kind);
  return {
    action,
    allowed: !refusal,
    detail: refusal?.detail ?? null,
    allowedBy: refusal?.allowedBy ?? null,
    needsApproval,
  };
}

const refuseRole = ({ mayWrite }: Situation): Refusal | null =>
  mayWrite ? null : { detail: 'Your role only looks at incidents.', allowedBy: 'A developer or an admin can do it.' };

const refuseClosed = ({ status }: Situation): Refusal | null =>
  status === 'closed'
    ? { detail: 'The incident is closed.', allowedBy: 'Nothing: new drift is a new incident.' }
    : null;

function refuseMove(situation: Situation, to: IncidentStatus): Refusal | null {
  const refusal = refuseClosed(situation) ?? refuseRole(situation);
  if (refusal || canMove(situation.status, to)) return refusal;
  return to === 'stabilized' && situation.status === 'detected'
    ? { detail: 'It has to be acknowledged first.', allowedBy: 'Acknowledge it.' }
    : { detail: `It is ${situation.status} already.`, allowedBy: 'Resolve it.' };
}

/** Why an incident as it stands cannot be resolved this way; null when it can. */
export function refuseResolution(situation: Situation, resolution: Resolution): Refusal | null {
  const refusal = refuseClosed(situation) ?? refuseRole(situation);
  if (refusal) return refusal;
  if (situation.running) return { detail: 'A resolution is running.', allowedBy: 'Wait until it has ended.' };
  if (situation.status === 'reconciled' || situation.openCount === 0) {
    return { detail: 'It is resolved; the next check decides.', allowedBy: 'A check that still finds drift.' };
  }
  const { allowed, detail, allowedBy } = decide(GUARD_OF[resolution], situation.environment, situation.role);
  return allowed ? null : { detail: detail!, allowedBy: allowedBy! };
}
