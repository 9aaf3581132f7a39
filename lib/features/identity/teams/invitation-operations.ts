import { forbidden, invalidField } from '@/lib/core/errors';
import { ById, Nothing } from '@/lib/core/schema';
import type { TenantContext } from '@/lib/kernel/context';
import type { Transaction } from '@/lib/kernel/db/database';
import { operation } from '@/lib/kernel/operation';
import { reserve } from '@/lib/kernel/plan-limit';
import { findInvitation, joinByInvitation, type OpenInvitation } from '../tenants/invitation';
import { lockTenant } from '../tenants/service';
import { links } from '../users/links';
import { invitationMail } from './mails';
import { ByInvitationToken, InvitationPreview, Invited, InviteMember, Joined, type TeamMember } from './schema';
import { countTeam, createInvitation, getMember, renewInvitation } from './store';

const CHANGED = { type: 'team.changed' };

export const inviteMember = operation({
  name: 'team.invite',
  summary: 'Invite somebody',
  description: 'Answers a link, once; where mail is sent, it is mailed too.',
  input: InviteMember,
  output: Invited,
  status: 201,
  permission: 'team:write',
  effect: 'write',
  audit: 'team.invited',
  secretOutput: true,
  async run(ctx, { email, role }) {
    const { invitation, token } = await ctx.tx(async (db) => {
      await reserve(db, ctx.principal.limits, 'team_members', () => countTeam(db));
      const { id, token } = await createInvitation(db, { email, role, invitedBy: await authorOf(db, ctx) });
      db.audit({ target: { type: 'invitation', id, label: email }, details: { role } });
      db.emit(CHANGED);
      return { invitation: await getMember(db, id), token };
    });
    return deliver(ctx, invitation, token);
  },
});

export const resendInvitation = operation({
  name: 'team.resendInvitation',
  summary: 'Make a new link for an invitation; the old one ends',
  input: ById,
  output: Invited,
  status: 201,
  permission: 'team:write',
  effect: 'write',
  audit: 'team.invitation-resent',
  secretOutput: true,
  async run(ctx, { id }) {
    const { invitation, token } = await ctx.tx(async (db) => {
      const before = await getMember(db, id);
      // One that had run out counts again.
      if (before.status === 'expired') await reserve(db, ctx.principal.limits, 'team_members', () => countTeam(db));
      const token = await renewInvitation(db, id);
      db.audit({ target: { type: 'invitation', id, label: before.email } });
      db.emit(CHANGED);
      return { invitation: await getMember(db, id), token };
    });
    return deliver(ctx, invitation, token);
  },
});

export const revokeInvitation = operation({
  name: 'team.revokeInvitation',
  summary: 'Take an invitation back',
  input: ById,
  output: Nothing,
  status: 204,
  permission: 'team:write',
  effect: 'write',
  audit: 'team.invitation-revoked',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const { email } = await db.invitation.delete({ where: { id, acceptedAt: null } });
      db.audit({ target: { type: 'invitation', id, label: email } });
      db.emit(CHANGED);
    }),
});

export const previewInvitation = operation({
  name: 'team.previewInvitation',
  summary: 'What an invitation’s link leads to',
  input: ByInvitationToken,
  output: InvitationPreview,
  status: 200,
  permission: 'public',
  effect: 'read',
  run: ({ platform }, { token }) => platform.tx((db) => openInvitation(db, token)),
});

export const acceptInvitation = operation({
  name: 'team.acceptInvitation',
  summary: 'Join by an invitation to the own address',
  input: ByInvitationToken,
  output: Joined,
  status: 200,
  permission: 'signed-in',
  effect: 'write',
  audit: 'team.joined',
  run: ({ platform, user }, { token }) =>
    platform.tx(async (db) => {
      const invitation = await openInvitation(db, token);
      if (invitation.email !== user.email) {
        throw forbidden(`This invitation is for ${invitation.email}. Sign in with that address.`, 'other_address');
      }
      await lockTenant(db, invitation.tenant.id);
      if (!(await joinByInvitation(db, invitation, user.id))) throw used();
      const activeTenantId = invitation.tenant.id;
      await db.session.updateMany({ where: { publicId: user.sessionId }, data: { activeTenantId } });
      const target = { type: 'user', id: user.id, label: user.email };
      db.audit({ action: 'team.joined', target, details: { role: invitation.role }, tenantId: activeTenantId });
      return { tenant: invitation.tenant, role: invitation.role };
    }),
});

const used = () =>
  invalidField('token', 'This invitation was used or taken back, or is too old.', 'invitation_rejected');

async function openInvitation(db: Transaction, token: string): Promise<OpenInvitation> {
  const invitation = await findInvitation(db, token);
  if (!invitation) throw used();
  return invitation;
}

/** A key invites in the name of whoever made it. */
async function authorOf(db: Transaction, { principal: { user, actor } }: TenantContext): Promise<string> {
  if (user) return user.id;
  return (await db.apiKey.findUniqueOrThrow({ where: { id: actor.id ?? '' } })).createdBy;
}

/** After the commit: mail that does not go out leaves an invitation whose link can be handed over. */
async function deliver({ ports, tenant, log }: TenantContext, invitation: TeamMember, token: string) {
  const { origin } = ports.site;
  const link = links.invitation(origin, token);
  const mail = invitationMail(invitation.email, { tenant: tenant.name, link, origin });
  const mailed = ports.mailer
    ? await ports.mailer.send(mail).then(
        () => true,
        (error) => {
          log.warn({ error }, 'an invitation was not mailed');
          return false;
        },
      )
    : false;
  return { invitation, link, mailed };
}
