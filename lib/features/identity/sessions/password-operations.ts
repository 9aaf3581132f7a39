import { invalidField } from '@/lib/core/errors';
import { Nothing } from '@/lib/core/schema';
import type { Transaction } from '@/lib/kernel/db/database';
import { operation } from '@/lib/kernel/operation';
import { links } from '../users/links';
import { passwordResetLink } from '../users/mails';
import { consumeOneTimeToken, mintOneTimeToken } from '../users/one-time-token';
import { hashPassword } from '../users/password';
import { confirmsPassword, holdAddress, setPassword } from '../users/service';
import { getProfile } from '../users/store';
import { ByAddress, ChangePassword, MailOnItsWay, ResetPassword } from './schema';
import { sendInBackground } from './service';

export const changePassword = operation({
  name: 'password.change',
  summary: 'Change the own password; ends all other sessions',
  input: ChangePassword,
  output: Nothing,
  status: 204,
  permission: 'signed-in',
  effect: 'write',
  audit: 'password.changed',
  async run(ctx, { currentPassword, newPassword }) {
    const { platform, user } = ctx;
    await ctx.throttle(`password:${user.id}`);
    const { hasPassword } = await platform.tx((db) => getProfile(db, user.id));
    if (hasPassword && !(currentPassword && (await confirmsPassword(platform, user.id, currentPassword)))) {
      throw invalidField('currentPassword', 'This is not your password.', 'wrong_password');
    }
    const passwordHash = await hashPassword(newPassword);
    await platform.tx(async (db) => {
      await setPassword(db, { userId: user.id, passwordHash, keepSession: user.sessionId });
      db.audit({ action: 'password.changed', target: { type: 'user', id: user.id, label: user.email } });
    });
  },
});

export const forgotPassword = operation({
  name: 'password.forgot',
  summary: 'Have a link to a new password mailed',
  input: ByAddress,
  output: MailOnItsWay,
  status: 202,
  permission: 'public',
  effect: 'write',
  audit: 'password.reset-requested',
  async run(ctx, { email }) {
    const { site, mailer } = ctx.ports;
    await ctx.throttle(`forgot:${email}`);
    if (!mailer) return { mailed: false };
    const token = await ctx.platform.tx(async (db) => {
      const userId = await holdAddress(db, email);
      return userId && mintOneTimeToken(db, 'password-reset', userId);
    });
    if (token) sendInBackground(ctx, passwordResetLink(email, links.resetPassword(site.origin, token), site.origin));
    return { mailed: true };
  },
});

export const resetPassword = operation({
  name: 'password.reset',
  summary: 'Choose a new password by a link; ends all sessions',
  input: ResetPassword,
  output: Nothing,
  status: 204,
  permission: 'public',
  effect: 'write',
  audit: 'password.reset',
  async run({ platform }, { token, password }) {
    const passwordHash = await hashPassword(password);
    await platform.tx(async (db) => {
      const userId = await personOf(db, token);
      if (!userId) throw invalidField('token', 'This link was used, or is too old. Ask for another.', 'link_rejected');
      await setPassword(db, { userId, passwordHash });
      const { email } = await getProfile(db, userId);
      db.audit({ action: 'password.reset', target: { type: 'user', id: userId, label: email } });
    });
  },
});

/**
 * Whose password a link may change. One that a tenant's admin made works only for a member of that tenant alone: an
 * admin here must not get into somebody's other organisations, or become the platform's admin.
 */
async function personOf(db: Transaction, token: string): Promise<string | null> {
  const used = await consumeOneTimeToken(db, token, ['password-reset', 'member-reset']);
  if (!used) return null;
  const [tenantId, userId] = used.purpose === 'member-reset' ? used.identifier.split(':') : [null, used.identifier];
  const user = await db.user.findFirst({
    where: { id: userId, suspendedAt: null },
    select: { id: true, platformAdmin: true, memberships: { select: { tenantId: true } } },
  });
  if (!user || !tenantId) return user?.id ?? null;
  const isTheirsAlone = user.memberships.length === 1 && user.memberships[0]?.tenantId === tenantId;
  return isTheirsAlone && !user.platformAdmin ? user.id : null;
}
