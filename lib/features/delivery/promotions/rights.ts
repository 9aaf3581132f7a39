import type { Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { decidesAt } from '../pipelines/model';
import { askingOf, closedBecause } from '../pipelines/service';
import type { StageWithEnds } from '../pipelines/store';
import { isWaiting, needsAdmin, refusalToDecide } from './model';
import { isOnlyMember, personOf } from './people';
import type { Promotion } from './schema';
import { type Decider, isApproved, type PromotionRow, problemsOf } from './store';

export type Rights = Promotion['can'];

/** What somebody may do with a promotion now, and why not. The same answers the pages and every write. */
export async function rightsOf(
  db: TenantDb,
  principal: Principal,
  row: PromotionRow,
  stage: StageWithEnds | null,
): Promise<Rights> {
  const writes = principal.permissions.has('promotion:write') ? null : 'This needs the role developer.';
  const gone = stage ? null : 'Its stage has been removed.';
  const waiting = isWaiting(row.status) ? null : `It is ${row.status.replaceAll('_', ' ')}.`;
  const deciding = stage && (await refusalOf(db, principal, row, stage));
  const undecided = row.status === 'pending_approval' ? null : notAsked(row, stage);
  const verdict = writes ?? gone ?? undecided ?? deciding;
  const isUnapproved = stage?.requireApproval && !(await isApproved(db, row));
  const late = isUnapproved ? 'Its stage asks for an approval by now: refresh it.' : null;
  return {
    // What is closed lets nothing through; rejecting lets nothing through either.
    approve: possible(verdict ?? (stage && closedBecause(stage)?.detail) ?? null),
    reject: possible(verdict),
    execute: possible(writes ?? gone ?? waiting ?? refusalToExecute(principal, row, stage!) ?? late),
    cancel: possible(writes ?? waiting),
    refresh: possible(writes ?? gone ?? waiting),
  };
}

/** Who asks, as a list is narrowed to what they may decide. */
export const readDecider = async (db: TenantDb, principal: Principal): Promise<Decider> => ({
  ...askingOf(principal),
  person: await personOf(db, principal),
  isOnlyMember: await isOnlyMember(db),
});

const possible = (reason: string | null) => ({ allowed: reason === null, reason });

function notAsked({ status }: PromotionRow, stage: StageWithEnds | null): string {
  if (status === 'pending') return 'Its problems come first.';
  if (status === 'approved' || status === 'scheduled') {
    return stage?.requireApproval ? 'It is approved already.' : 'Its stage asks for no approval.';
  }
  return `It is ${status.replaceAll('_', ' ')}.`;
}

async function refusalOf(db: TenantDb, principal: Principal, row: PromotionRow, stage: StageWithEnds) {
  const person = await personOf(db, principal);
  return refusalToDecide({
    mayDecide: decidesAt(stage, askingOf(principal)),
    isInitiator: person !== null && person === row.createdById,
    isShaper: person !== null && row.shaperIds.includes(person),
    isOnlyMember: await isOnlyMember(db),
    allowSelfApproval: stage.allowSelfApproval,
  });
}

function refusalToExecute(principal: Principal, row: PromotionRow, stage: StageWithEnds): string | null {
  const blocking = problemsOf(row).filter(({ severity }) => severity === 'blocking');
  if (row.status === 'pending') return `It is blocked: ${blocking[0]?.detail ?? 'its plan must be made anew.'}`;
  if (row.status === 'pending_approval') return 'It waits for approval.';
  const closed = closedBecause(stage);
  if (closed) return closed.detail;
  if (needsAdmin(stage) && !askingOf(principal).isAdmin) {
    return 'What goes to production without an approval is started by an admin.';
  }
  const isEarly = row.scheduledAt !== null && row.scheduledAt > new Date();
  if (isEarly && stage.requireApproval && !decidesAt(stage, askingOf(principal))) {
    return 'It was approved for its hour; an admin or an approver of its stage may start it earlier.';
  }
  return null;
}
