import { blocked, conflict } from '@/lib/core/errors';
import type { TenantContext } from '@/lib/kernel/context';
import { operation } from '@/lib/kernel/operation';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { assertVersion } from '@/lib/kernel/version';
import { readPolicy } from '../drift-policies/store';
import { target } from '../incidents/sighting';
import { changed, getIncidentRow, note } from '../incidents/store';
import { approvalDigest, mayDecide } from './model';
import { personBehind } from './rights';
import {
  DecideDriftApproval,
  DriftApproval,
  DriftApprovalPage,
  ListDriftApprovals,
  RequestDriftApproval,
} from './schema';
import { getApproval, listApprovalRows } from './store';

const feature = 'drift_incidents' as const;

export const listDriftApprovals = operation({
  name: 'driftApproval.list',
  summary: 'List what a second person was asked for',
  input: ListDriftApprovals,
  output: DriftApprovalPage,
  status: 200,
  permission: 'incident:read',
  feature,
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listApprovalRows(db, query, ctx.principal)),
});

export const requestDriftApproval = operation({
  name: 'driftApproval.request',
  summary: 'Ask a second person to agree to an action on an incident',
  description: 'It allows exactly this action once. A resolution also binds to the drift as it is now.',
  input: RequestDriftApproval,
  output: DriftApproval,
  status: 201,
  permission: 'incident:write',
  feature,
  effect: 'write',
  audit: 'drift-approval.requested',
  run: (ctx, { incidentId, action, reason, ...request }) =>
    ctx.tx(async (db) => {
      const incident = await getIncidentRow(db, incidentId, 'incidentId');
      if (incident.status === 'closed') throw conflict('The incident is closed.', 'incident_closed');
      const policy = await readPolicy(db);
      if (!policy.approvalFor.includes(action)) {
        throw conflict('The policy asks for no second person here: just do it.', 'approval_not_needed');
      }
      const { actor } = ctx.principal;
      const now = new Date();
      const same = { incidentId, action, status: 'pending' };
      await db.driftApproval.updateMany({ where: { ...same, expiresAt: { lte: now } }, data: { status: 'expired' } });
      const expiresAt = new Date(now.getTime() + policy.approvalHours * 3_600_000);
      const digest = approvalDigest(incident, action, request);
      const [row] = await db.driftApproval.createManyAndReturn({
        data: [{ ...same, request, digest, reason, requester: actor, expiresAt }],
        skipDuplicates: true,
      });
      if (!row) throw conflict('There is already a request for this; withdraw it first.', 'approval_pending');
      await note(db, incidentId, actor, 'approval_requested', { approvalId: row.id, action, reason, ...request });
      db.audit({ target: target(incident), details: { approvalId: row.id, action, reason, request } });
      db.emit(changed(incident));
      return getApproval(db, row.id, ctx.principal);
    }),
});

const decision = (verdict: 'approved' | 'rejected', name: string, summary: string) =>
  operation({
    name,
    summary,
    input: DecideDriftApproval,
    output: DriftApproval,
    status: 200,
    permission: 'drift-approval:decide',
    feature,
    versioned: true,
    effect: 'write',
    audit: `drift-approval.${verdict}`,
    run: (ctx, { id, comment }) =>
      ctx.tx(async (db) => {
        const asked = await getApproval(db, id, ctx.principal);
        await assertAnother(db, asked.requester as Actor, ctx.principal.actor);
        if (verdict === 'approved' && asked.status === 'pending' && asked.outdated) {
          throw conflict('The incident moved since: this would allow nothing. Reject it, and ask anew.', 'outdated');
        }
        return settle(ctx, db, asked, verdict, comment);
      }),
  });

export const approveDriftApproval = decision(
  'approved',
  'driftApproval.approve',
  'Agree to what was asked for; nothing happens by itself',
);
export const rejectDriftApproval = decision('rejected', 'driftApproval.reject', 'Refuse what was asked for');

export const cancelDriftApproval = operation({
  name: 'driftApproval.cancel',
  summary: 'Withdraw a request',
  input: DecideDriftApproval,
  output: DriftApproval,
  status: 200,
  permission: 'incident:write',
  feature,
  versioned: true,
  effect: 'write',
  audit: 'drift-approval.cancelled',
  run: (ctx, { id, comment }) =>
    ctx.tx(async (db) => {
      const asked = await getApproval(db, id, ctx.principal);
      const person = await personBehind(db, ctx.principal.actor);
      const own = person !== null && person === (await personBehind(db, asked.requester as Actor));
      if (!own && !ctx.principal.permissions.has('drift-approval:decide')) {
        throw blocked('Somebody else asked for this.', 'own_request', 'Who asked, or an admin, can withdraw it.');
      }
      return settle(ctx, db, asked, 'cancelled', comment);
    }),
});

async function assertAnother(db: TenantDb, requester: Actor, decider: Actor): Promise<void> {
  const members = await db.membership.count();
  if (mayDecide(await personBehind(db, requester), await personBehind(db, decider), members)) return;
  throw blocked('Nobody decides the own request.', 'own_request', 'Another admin can decide it.');
}

/** Decided once: of two that decide at the same moment one is told. */
async function settle(
  ctx: TenantContext,
  db: TenantDb,
  asked: DriftApproval,
  status: 'approved' | 'rejected' | 'cancelled',
  comment?: string,
): Promise<DriftApproval> {
  assertVersion(asked, ctx.ifMatch);
  const { actor } = ctx.principal;
  const now = new Date();
  const { count } = await db.driftApproval.updateMany({
    where: { id: asked.id, status: 'pending', expiresAt: { gt: now } },
    data: { status, decider: actor, decidedAt: now, comment, version: { increment: 1 } },
  });
  if (count === 0) {
    throw conflict(
      `It cannot be decided any more: it is ${(await getApproval(db, asked.id, ctx.principal)).status}.`,
      'decided',
    );
  }
  const incident = await getIncidentRow(db, asked.incident.id);
  await note(db, incident.id, actor, `approval_${status}`, { approvalId: asked.id, action: asked.action, comment });
  db.audit({ target: target(incident), details: { approvalId: asked.id, action: asked.action, comment } });
  db.emit(changed(incident));
  return getApproval(db, asked.id, ctx.principal);
}
