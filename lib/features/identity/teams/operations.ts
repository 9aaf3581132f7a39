import { z } from 'zod';
import { forbidden } from '@/lib/core/errors';
import { ById, Nothing } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { assertVersion } from '@/lib/kernel/version';
import { keepAnAdmin } from '../tenants/service';
import { links } from '../users/links';
import { mintMemberToken } from '../users/one-time-token';
import { ListTeam, MemberResetLink, TeamLimits, TeamMember, TeamPage, UpdateMember } from './schema';
import { countTeam, getActiveMember, getMember, listTeam } from './store';

const CHANGED = { type: 'team.changed' };

export const listMembers = operation({
  name: 'team.list',
  summary: 'List members and open invitations',
  input: ListTeam,
  output: TeamPage,
  status: 200,
  permission: 'team:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listTeam(db, query)),
});

export const getTeamMember = operation({
  name: 'team.get',
  summary: 'One member or invitation',
  input: ById,
  output: TeamMember,
  status: 200,
  permission: 'team:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx((db) => getMember(db, id)),
});

export const getTeamLimits = operation({
  name: 'team.limits',
  summary: 'How many people the plan has room for',
  input: z.object({}),
  output: TeamLimits,
  status: 200,
  permission: 'team:read',
  effect: 'read',
  async run(ctx) {
    const max = ctx.principal.limits?.team_members ?? null;
    const current = await ctx.tx(countTeam);
    return { current, max, canAddMore: max === null || current < max };
  },
});

export const updateMember = operation({
  name: 'team.update',
  summary: 'Change the role of a member',
  input: UpdateMember,
  output: TeamMember,
  status: 200,
  permission: 'team:write',
  effect: 'write',
  audit: 'team.role-changed',
  run: (ctx, { id, role }) =>
    ctx.tx(async (db) => {
      const before = await getActiveMember(db, id);
      assertVersion(before, ctx.ifMatch);
      if (role !== 'admin') await keepAnAdmin(db, ctx.tenant.id, before.userId);
      await db.membership.update({ where: { id }, data: { role, version: { increment: 1 } } });
      db.audit({ target: { type: 'member', id, label: before.email }, details: { from: before.role, to: role } });
      db.emit(CHANGED);
      return getMember(db, id);
    }),
});

export const removeMember = operation({
  name: 'team.remove',
  summary: 'Remove a member; takes effect with their next request',
  input: ById,
  output: Nothing,
  status: 204,
  permission: 'team:write',
  effect: 'write',
  audit: 'team.removed',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const { userId, email } = await getActiveMember(db, id);
      await keepAnAdmin(db, ctx.tenant.id, userId);
      await db.membership.delete({ where: { id } });
      // Dead without the membership; revoked, so that coming back revives none.
      await db.apiKey.updateMany({ where: { createdBy: userId, revokedAt: null }, data: { revokedAt: new Date() } });
      db.audit({ target: { type: 'member', id, label: email } });
      db.emit(CHANGED);
    }),
});

export const makeResetLink = operation({
  name: 'team.makeResetLink',
  summary: 'A link by which a member chooses a new password',
  description:
    'Shown once, works once, within 24 hours, and only for somebody who is in this organisation alone and no platform admin; others use their mail.',
  input: ById,
  output: MemberResetLink,
  status: 201,
  permission: 'team:write',
  effect: 'write',
  audit: 'team.reset-link-made',
  secretOutput: true,
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const { userId, email } = await getActiveMember(db, id);
      if (!ctx.principal.user) throw forbidden('A person makes this link, not a program.', 'person_needed');
      const token = await mintMemberToken(db, ctx.tenant.id, userId);
      db.audit({ target: { type: 'member', id, label: email } });
      return { link: links.resetPassword(ctx.ports.site.origin, token), expiresInHours: 24 };
    }),
});
