import { conflict, forbidden } from '@/lib/core/errors';
import type { RunStatus } from '@/lib/features/change/journal/schema';
import { askToStop, runStatusOf } from '@/lib/features/change/journal/service';
import type { Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { isActive, NOT_RECORDED } from './model';
import { decidesFor } from './rolling-back';
import type { DeploymentRow } from './store';

const TOO_LATE: Partial<Record<RunStatus, string>> = {
  verifying: 'Everything is written, and is being verified.',
  compensating: 'It is being taken back already.',
};

/** Why nothing of this deployment can be stopped now, by anybody; null when it can. */
async function refusalOf(db: TenantDb, row: DeploymentRow): Promise<string | null> {
  if (!isActive(row.status) || !row.runId) return 'It does not run.';
  const status = await runStatusOf(db, row.runId);
  return status === 'pending' || status === 'running' ? null : (TOO_LATE[status] ?? NOT_RECORDED);
}

/** Why this person cannot stop it; null when they can. Stopping what one started oneself needs nobody else. */
export async function refusalToStop(db: TenantDb, principal: Principal, row: DeploymentRow): Promise<string | null> {
  return (await refusalOf(db, row)) ?? ((await mayStop(db, principal, row)) ? null : NOT_THEIRS);
}

const NOT_THEIRS = 'Who started it, an admin or an approver of its stage may stop it.';

async function mayStop(db: TenantDb, principal: Principal, row: DeploymentRow): Promise<boolean> {
  const { type, id } = row.actor as Principal['actor'];
  const isOwn = type === principal.actor.type && id !== null && id === principal.actor.id;
  return (isOwn && principal.permissions.has('promotion:write')) || (await decidesFor(db, principal, row));
}

/** Asks for it once; throws `conflict` when it is too late. */
export async function stop(db: TenantDb, principal: Principal, row: DeploymentRow, reason?: string): Promise<void> {
  const late = await refusalOf(db, row);
  if (late) throw conflict(late, 'cannot_stop');
  if (!(await mayStop(db, principal, row))) throw forbidden(NOT_THEIRS, 'may_not_stop');
  const isAsked = await askToStop(db, row.runId!, { by: principal.actor.label, reason: reason || null });
  if (!isAsked) throw conflict(TOO_LATE.verifying!, 'cannot_stop');
}
