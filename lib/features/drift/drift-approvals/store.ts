import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Prisma, DriftApproval as Row } from '@/lib/kernel/db/generated/client';
import type { Actor, Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ApprovableAction } from '../drift-policies/model';
import { type ApprovalRequest, approvalDigest, statusOf } from './model';
import { type Rights, readRights } from './rights';
import type { DriftApproval, ListDriftApprovals } from './schema';

export type ApprovalRow = Row;

const INCIDENT = {
  select: { id: true, title: true, severity: true, status: true, driftDigest: true, environment: { select: REF } },
} as const;
type Listed = Prisma.DriftApprovalGetPayload<{ include: { incident: typeof INCIDENT } }>;

function toApproval(row: Listed, rights: Rights): DriftApproval {
  const { environment, driftDigest, ...incident } = row.incident;
  const [action, request] = [row.action as ApprovableAction, row.request as ApprovalRequest];
  const status = statusOf(row, new Date());
  const requester = row.requester as Actor;
  const outdated =
    incident.status === 'closed' || approvalDigest({ id: incident.id, driftDigest }, action, request) !== row.digest;
  return {
    id: row.id,
    incident,
    environment: toRef(environment),
    action,
    request,
    status,
    outdated,
    reason: row.reason,
    requester,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    decider: row.decider as Actor | null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    comment: row.comment,
    consumedAt: row.consumedAt?.toISOString() ?? null,
    can: rights({ status, outdated, requester }),
    version: row.version,
  };
}

export async function listApprovalRows(
  db: TenantDb,
  query: z.output<typeof ListDriftApprovals>,
  principal: Principal,
): Promise<Page<DriftApproval>> {
  const { search, status, incidentId, environmentId, action } = query;
  const title = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
  const where = { incidentId, action, incident: { environmentId, title }, ...byStatus(status) };
  const rows = await db.driftApproval.findMany({ where, include: { incident: INCIDENT }, ...toSlice(query) });
  const rights = await readRights(db, principal, rows);
  const items = rows.map((row) => toApproval(row, rights));
  return toPage(items, await db.driftApproval.count({ where }), query);
}

/** A row that ran out keeps its status until somebody touches it. */
function byStatus(status: z.output<typeof ListDriftApprovals>['status']): Prisma.DriftApprovalWhereInput {
  const now = new Date();
  const passing = { in: ['pending', 'approved'] };
  if (status === 'expired') return { OR: [{ status }, { status: passing, expiresAt: { lte: now } }] };
  if (status === 'pending' || status === 'approved') return { status, expiresAt: { gt: now } };
  return { status };
}

export async function getApproval(db: TenantDb, id: string, principal: Principal): Promise<DriftApproval> {
  const row = await db.driftApproval.findUnique({ where: { id }, include: { incident: INCIDENT } });
  if (!row) throw notFound('approval');
  return toApproval(row, await readRights(db, principal, [row]));
}
