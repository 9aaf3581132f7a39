import { forbidden } from '@/lib/core/errors';
import type { PublicContext } from '@/lib/kernel/context';
import type { Transaction } from '@/lib/kernel/db/database';
import { operation } from '@/lib/kernel/operation';
import { findInvitation, joinByInvitation, type OpenInvitation } from '../tenants/invitation';
import { links } from '../users/links';
import { alreadyRegistered, signInLink, signUpLink } from '../users/mails';
import { consumeOneTimeToken, mintOneTimeToken } from '../users/one-time-token';
import { hashPassword } from '../users/password';
import { holdAddress, isFirstRun, lockRegistration, registerUser } from '../users/service';
import { ByAddress, MailOnItsWay, SignedUp, SignUp } from './schema';
import { sendInBackground } from './service';

type Claim = { email: string; invitation?: string; token?: string };
type Admission = { emailVerified: Date | null; invitation: OpenInvitation | null };

export const signUp = operation({
  name: 'auth.signUp',
  summary: 'Make an account',
  description:
    'The very first one needs nothing. Later ones need an invitation to the address, or, where anybody may sign up and mail is sent, the token mailed to it. The answer does not tell whether the address had an account: signing in does.',
  input: SignUp,
  output: SignedUp,
  status: 201,
  permission: 'public',
  effect: 'write',
  audit: 'user.registered',
  async run(ctx, { password, name, ...claim }) {
    await ctx.throttle(`sign-up:${claim.email}`);
    const passwordHash = await hashPassword(password);
    await ctx.platform.tx(async (db) => {
      await lockRegistration(db);
      const { emailVerified, invitation } = await admit(db, ctx, claim);
      const known = await db.user.findUnique({ where: { email: claim.email }, select: { id: true } });
      if (known) {
        return db.audit({ action: 'user.registered', outcome: 'denied', details: { reason: 'address in use' } });
      }
      const user = await registerUser(db, { email: claim.email, name, passwordHash, emailVerified });
      if (invitation) await joinByInvitation(db, invitation, user.id);
      const target = { type: 'user', id: user.id, label: user.email };
      const details = { first: user.first, invited: invitation !== null };
      db.audit({ action: 'user.registered', target, details, tenantId: invitation?.tenant.id });
    });
    return { email: claim.email };
  },
});

/** Who may have an account. Throws `forbidden` with what is missing. */
async function admit(
  db: Transaction,
  { ports }: PublicContext,
  { email, invitation, token }: Claim,
): Promise<Admission> {
  if (await isFirstRun(db)) return { emailVerified: null, invitation: null };
  if (invitation) {
    const found = await findInvitation(db, invitation);
    if (found?.email === email) return { emailVerified: null, invitation: found };
    throw forbidden('This invitation is not for this address, or was used, or is too old.', 'invitation_rejected');
  }
  if (ports.site.signUp === 'invite') {
    throw forbidden('Accounts are made by invitation here. Ask an admin for one.', 'invitation_needed');
  }
  if (!ports.mailer) return { emailVerified: null, invitation: null };
  const proof = token ? await consumeOneTimeToken(db, token, ['sign-up']) : null;
  if (proof?.identifier === email) return { emailVerified: new Date(), invitation: null };
  throw forbidden('Ask for a link to this address first, and follow it within a day.', 'proof_needed');
}

export const requestSignUp = operation({
  name: 'auth.requestSignUp',
  summary: 'Have a link mailed that proves an address',
  input: ByAddress,
  output: MailOnItsWay,
  status: 202,
  permission: 'public',
  effect: 'write',
  audit: 'user.sign-up-requested',
  async run(ctx, { email }) {
    const { site, mailer } = ctx.ports;
    await ctx.throttle(`sign-up-mail:${email}`);
    if (site.signUp === 'invite') throw forbidden('Accounts are made by invitation here.', 'invitation_needed');
    if (!mailer) return { mailed: false };
    const mail = await ctx.platform.tx(async (db) => {
      const known = await db.user.findUnique({ where: { email }, select: { id: true } });
      if (known) return alreadyRegistered(email, site.origin);
      return signUpLink(email, links.signUp(site.origin, await mintOneTimeToken(db, 'sign-up', email)), site.origin);
    });
    sendInBackground(ctx, mail);
    return { mailed: true };
  },
});

export const requestSignInLink = operation({
  name: 'auth.requestSignInLink',
  summary: 'Have a link mailed that signs in',
  input: ByAddress,
  output: MailOnItsWay,
  status: 202,
  permission: 'public',
  effect: 'write',
  audit: 'session.link-requested',
  async run(ctx, { email }) {
    const { site, mailer } = ctx.ports;
    await ctx.throttle(`sign-in-mail:${email}`);
    if (!mailer) return { mailed: false };
    const token = await ctx.platform.tx(async (db) => {
      const userId = await holdAddress(db, email);
      return userId && mintOneTimeToken(db, 'sign-in', userId);
    });
    if (token) sendInBackground(ctx, signInLink(email, links.signIn(site.origin, token), site.origin));
    return { mailed: true };
  },
});
