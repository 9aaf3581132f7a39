import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '@/lib/core/permissions';
import type { Transaction } from '@/lib/kernel/db/database';
import type { PlatformDb } from '@/lib/kernel/platform-access';

export const INVITATION_DAYS = 7;

export type OpenInvitation = {
  id: string;
  email: string;
  role: Role;
  tenant: { id: string; slug: string; name: string };
};

export const hashInvitation = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The token of an invitation's link, and what is kept of it. */
export function mintInvitation(): { token: string; tokenHash: string; expiresAt: Date } {
  const token = randomBytes(24).toString('base64url');
  const expiresAt = new Date(Date.now() + INVITATION_DAYS * 24 * 3_600_000);
  return { token, tokenHash: hashInvitation(token), expiresAt };
}

/** Across tenants, by the token alone: whoever follows the link is in no tenant yet. Null when used, revoked or old. */
export async function findInvitation(db: Transaction, token: string): Promise<OpenInvitation | null> {
  const row = await db.invitation.findFirst({
    where: { tokenHash: hashInvitation(token), acceptedAt: null, expiresAt: { gt: new Date() } },
  });
  if (!row) return null;
  const tenant = await db.tenant.findFirst({
    where: { id: row.tenantId, status: 'active' },
    select: { id: true, slug: true, name: true },
  });
  return tenant && { id: row.id, email: row.email, role: row.role, tenant };
}

/** Whether an address that is proved to be somebody's has been invited anywhere. */
export async function isInvited(db: Transaction, email: string): Promise<boolean> {
  const where = { email, acceptedAt: null, expiresAt: { gt: new Date() } };
  return (await db.invitation.count({ where })) > 0;
}

/** Makes the person a member, once: of two who follow one link at the same moment the second finds it used. */
export async function joinByInvitation(db: PlatformDb, invitation: OpenInvitation, userId: string): Promise<boolean> {
  const { count } = await db.invitation.updateMany({
    where: { id: invitation.id, acceptedAt: null },
    data: { acceptedAt: new Date() },
  });
  if (count === 0) return false;
  await db.membership.createMany({
    data: { tenantId: invitation.tenant.id, userId, role: invitation.role },
    skipDuplicates: true,
  });
  db.emit({ tenantId: invitation.tenant.id, type: 'team.changed' });
  return true;
}
