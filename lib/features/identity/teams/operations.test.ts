import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '@/lib/core/permissions';
import type { Kernel } from '@/lib/kernel/kernel';
import type { Mail } from '@/lib/ports/mailer';
import { resolvePrincipal } from '@/lib/server/principal';
import { as, asAnonymous, callerOf, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { resetPassword } from '../sessions/password-operations';
import { startSession } from '../sessions/service';
import { signUp } from '../sessions/sign-up-operations';
import {
  acceptInvitation,
  inviteMember,
  previewInvitation,
  resendInvitation,
  revokeInvitation,
} from './invitation-operations';
import { getTeamLimits, listMembers, makeResetLink, removeMember, updateMember } from './operations';
import type { TeamMember } from './schema';

const password = 'a password for tests';
const sent: Mail[] = [];
const mailer = { send: async (mail: Mail) => void sent.push(mail) };
let kernel: Kernel;
let tenant: TestTenant;

beforeAll(async () => {
  kernel = openHouse({ ports: { mailer } });
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

const tokenOf = (link: string) => link.split('#')[1]!;
const address = () => `${randomUUID()}@team.test`;
const whoIs = (sessionToken: string, of: TestTenant | null) =>
  resolvePrincipal(kernel.database, { bearer: null, sessionToken, tenant: of?.slug ?? null });
async function outsider(email = address()) {
  const user = await kernel.database.asPlatform((db) => db.user.create({ data: { email, name: 'Outsider' } }));
  const sessionToken = await kernel.database.asPlatform((db) =>
    startSession(db, { userId: user.id, method: 'test', ip: null, userAgent: null }),
  );
  return { email, sessionToken, call: callerOf(kernel, await whoIs(sessionToken, null)) };
}
async function memberId(of: TestTenant, role: Role): Promise<string> {
  const admin = await as(kernel, of, 'admin');
  const { items } = await admin(listMembers, { role, status: 'active' });
  return (items as TeamMember[]).find(({ email }) => email === of.people[role].email)!.id;
}

describe('invitations', () => {
  test('an invited address joins once, in the role it was invited for', async () => {
    const admin = await as(kernel, tenant, 'admin');
    const { email, sessionToken, call } = await outsider();
    const { link, mailed, invitation } = await admin(inviteMember, { email, role: 'developer' });
    expect({ mailed, status: invitation.status }).toEqual({ mailed: true, status: 'invited' });
    expect(sent.at(-1)?.text).toContain(link);
    const token = tokenOf(link);
    expect(await asAnonymous(kernel)(previewInvitation, { token })).toMatchObject({ email, role: 'developer' });
    await call(acceptInvitation, { token });
    expect((await whoIs(sessionToken, tenant)).role).toBe('developer');
    await expect(call(acceptInvitation, { token })).rejects.toMatchObject({ code: 'invitation_rejected' });
  });

  test('an invitation is worth nothing to another address', async () => {
    const admin = await as(kernel, tenant, 'admin');
    const { link } = await admin(inviteMember, { email: address(), role: 'admin' });
    const { call } = await outsider();
    await expect(call(acceptInvitation, { token: tokenOf(link) })).rejects.toMatchObject({ code: 'other_address' });
  });

  test('an invitation makes an account and a member in one step, whatever the sign-up policy', async () => {
    const invited = {
      ...kernel,
      ports: { ...kernel.ports, site: { ...kernel.ports.site, signUp: 'invite' as const } },
    };
    const email = address();
    const { link } = await (await as(kernel, tenant, 'admin'))(inviteMember, { email, role: 'viewer' });
    const form = { email, name: 'Invited', password };
    await expect(asAnonymous(invited)(signUp, form)).rejects.toMatchObject({ code: 'invitation_needed' });
    await asAnonymous(invited)(signUp, { ...form, invitation: tokenOf(link) });
    const { items } = await (await as(kernel, tenant, 'admin'))(listMembers, { search: email });
    expect(items).toMatchObject([{ status: 'active', role: 'viewer', name: 'Invited' }]);
  });

  test('a revoked link and a replaced one lead nowhere', async () => {
    const admin = await as(kernel, tenant, 'admin');
    const first = await admin(inviteMember, { email: address(), role: 'viewer' });
    const second = await admin(resendInvitation, { id: first.invitation.id });
    const preview = (link: string) => asAnonymous(kernel)(previewInvitation, { token: tokenOf(link) });
    await expect(preview(first.link)).rejects.toMatchObject({ code: 'invitation_rejected' });
    await preview(second.link);
    await admin(revokeInvitation, { id: first.invitation.id });
    await expect(preview(second.link)).rejects.toMatchObject({ code: 'invitation_rejected' });
  });

  test('an address is invited once, and a member not at all', async () => {
    const admin = await as(kernel, tenant, 'admin');
    const email = address();
    await admin(inviteMember, { email, role: 'viewer' });
    await expect(admin(inviteMember, { email, role: 'viewer' })).rejects.toMatchObject({ code: 'already_invited' });
    const member = { email: tenant.people.viewer.email, role: 'viewer' };
    await expect(admin(inviteMember, member)).rejects.toMatchObject({ code: 'already_member' });
  });

  test('the plan’s last place is given once, however many ask at the same moment', async () => {
    const small = await newTenant(kernel, { plan: 'free' });
    await (await as(kernel, small, 'admin'))(removeMember, { id: await memberId(small, 'viewer') });
    const admin = await as(kernel, small, 'admin');
    expect(await admin(getTeamLimits)).toEqual({ current: 2, max: 3, canAddMore: true });
    const invite = () => admin(inviteMember, { email: address(), role: 'viewer' });
    const results = await Promise.allSettled([invite(), invite(), invite()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(invite()).rejects.toMatchObject({ kind: 'limit_reached', code: 'team_members_limit_reached' });
  });
});

describe('members', () => {
  test('the list is searched, filtered and ordered across members and invitations', async () => {
    const own = await newTenant(kernel);
    const admin = await as(kernel, own, 'admin');
    await admin(inviteMember, { email: `zoe-${address()}`, role: 'admin' });
    const page = await admin(listMembers, { sort: '-email', pageSize: 2 });
    expect(page).toMatchObject({ total: 4, totalPages: 2, hasMore: true });
    expect(page.items[0]).toMatchObject({ status: 'invited', userId: null });
    expect((await admin(listMembers, { role: 'admin', status: 'active' })).items).toHaveLength(1);
    expect((await admin(listMembers, { search: '%' })).items).toHaveLength(0);
  });

  test('a removed member is out with the next request, and so are their keys', async () => {
    const own = await newTenant(kernel);
    const admin = await as(kernel, own, 'admin');
    expect((await whoIs(own.people.viewer.sessionToken, own)).tenant?.id).toBe(own.id);
    await admin(removeMember, { id: await memberId(own, 'viewer') });
    expect((await whoIs(own.people.viewer.sessionToken, own)).tenant).toBeUndefined();
  });

  test('the last admin neither goes nor is demoted, and of two who try at once one stays', async () => {
    const own = await newTenant(kernel);
    const admin = await as(kernel, own, 'admin');
    const id = await memberId(own, 'admin');
    await expect(admin(updateMember, { id, role: 'viewer' })).rejects.toMatchObject({ rule: 'last_admin' });
    await expect(admin(removeMember, { id })).rejects.toMatchObject({ rule: 'last_admin' });
    const second = await memberId(own, 'developer');
    await admin(updateMember, { id: second, role: 'admin' });
    const other = await as(kernel, own, 'developer');
    const both = await Promise.allSettled([
      admin(updateMember, { id, role: 'viewer' }),
      other(updateMember, { id: second, role: 'viewer' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('an admin’s link changes the password of a member of this organisation alone, once', async () => {
    const own = await newTenant(kernel);
    const admin = await as(kernel, own, 'admin');
    const { link } = await admin(makeResetLink, { id: await memberId(own, 'viewer') });
    await asAnonymous(kernel)(resetPassword, { token: tokenOf(link), password });
    expect((await whoIs(own.people.viewer.sessionToken, own)).actor.type).toBe('anonymous');
    await expect(
      asAnonymous(kernel)(resetPassword, { token: tokenOf(link), password: 'once again please' }),
    ).rejects.toMatchObject({ code: 'link_rejected' });

    const elsewhere = await newTenant(kernel);
    const userId = own.people.developer.id;
    await kernel.database.asPlatform((db) =>
      db.membership.create({ data: { tenantId: elsewhere.id, userId, role: 'admin' } }),
    );
    const shared = await admin(makeResetLink, { id: await memberId(own, 'developer') });
    await expect(asAnonymous(kernel)(resetPassword, { token: tokenOf(shared.link), password })).rejects.toMatchObject({
      code: 'link_rejected',
    });
  });
});
