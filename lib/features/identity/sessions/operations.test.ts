import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import type { Mail } from '@/lib/ports/mailer';
import { resolvePrincipal } from '@/lib/server/principal';
import { as, asAnonymous, callerOf, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { consumeOneTimeToken } from '../users/one-time-token';
import { getMe, updateMe } from '../users/operations';
import { hashPassword } from '../users/password';
import { createDevUser, describeDevelopment, listDevUsers, signInAs } from './dev-operations';
import { endSessionById, getAuthStatus, listSessions, switchTenant } from './operations';
import { changePassword, forgotPassword, resetPassword } from './password-operations';
import { startSession } from './service';
import { requestSignInLink, requestSignUp, signUp } from './sign-up-operations';

const PASSWORD = 'a password for tests';
const sent: Mail[] = [];
const mailer = { send: async (mail: Mail) => void sent.push(mail) };
let kernel: Kernel;
let tenant: TestTenant;

beforeAll(async () => {
  kernel = openHouse({ ports: { mailer } });
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

const mailTo = (address: string) => sent.findLast(({ to }) => to === address);
const tokenFor = (address: string) => /#(\S+)/.exec(mailTo(address)?.text ?? '')?.[1] ?? '';
const signIn = (userId: string) =>
  kernel.database.asPlatform((db) => startSession(db, { userId, method: 'test', ip: null, userAgent: null }));
const caller = async (sessionToken: string) =>
  callerOf(kernel, await resolvePrincipal(kernel.database, { bearer: null, sessionToken, tenant: null }));
const isSignedIn = async (token: string) => (await (await caller(token))(getAuthStatus)).authenticated;
async function person() {
  const email = `${randomUUID()}@people.test`;
  const passwordHash = await hashPassword(PASSWORD);
  const user = await kernel.database.asPlatform((db) => db.user.create({ data: { email, name: 'P', passwordHash } }));
  return { id: user.id, email, sessionToken: await signIn(user.id) };
}

describe('who am I', () => {
  test('anybody gets a status; an API key gets itself', async () => {
    expect(await asAnonymous(kernel)(getAuthStatus)).toMatchObject({ authenticated: false, user: null, tenants: [] });
    const key = await resolvePrincipal(kernel.database, { bearer: tenant.apiKey, sessionToken: null, tenant: null });
    expect(await callerOf(kernel, key)(getMe)).toMatchObject({
      type: 'api_key',
      user: null,
      tenant: { slug: tenant.slug },
    });
  });

  test('a profile is changed at the version it was read at', async () => {
    const viewer = await as(kernel, tenant, 'viewer');
    const { version } = await viewer(getMe);
    const me = await viewer(updateMe, { name: 'Renamed', preferences: { theme: 'dark' } }, version);
    expect(me.user).toMatchObject({ name: 'Renamed', preferences: { theme: 'dark' } });
    await expect(viewer(updateMe, { name: 'Late' }, version)).rejects.toMatchObject({ status: 412 });
  });

  test('a link that was mailed to the old address proves nothing about the new one', async () => {
    const { email, sessionToken } = await person();
    await asAnonymous(kernel)(requestSignInLink, { email });
    const token = tokenFor(email);
    expect(token).not.toBe('');
    const change = { email: `${randomUUID()}@victim.test`, currentPassword: PASSWORD };
    await (await caller(sessionToken))(updateMe, change);
    const used = await kernel.database.asPlatform((db) => consumeOneTimeToken(db, token, ['sign-in']));
    expect(used).toBeNull();
  });

  test('an address is changed only with the password, and the old one hears of it', async () => {
    const { email, sessionToken } = await person();
    const me = await caller(sessionToken);
    const newEmail = `new-${email}`;
    await expect(me(updateMe, { email: newEmail })).rejects.toMatchObject({ code: 'wrong_password' });
    await expect(me(updateMe, { email: newEmail, currentPassword: 'guess' })).rejects.toMatchObject({
      kind: 'invalid',
    });
    const changed = await me(updateMe, { email: newEmail, currentPassword: PASSWORD });
    expect(changed.user).toMatchObject({ email: newEmail, emailVerified: false });
    expect(mailTo(email)?.subject).toContain('address was changed');
  });
});

describe('sign-up', () => {
  const form = (email: string) => ({ email, name: 'New', password: PASSWORD });

  test('where mail is sent, an account needs the token mailed to its address', async () => {
    const email = `${randomUUID()}@new.test`;
    const anonymous = asAnonymous(kernel);
    await expect(anonymous(signUp, form(email))).rejects.toMatchObject({ code: 'proof_needed' });
    await anonymous(requestSignUp, { email });
    const token = tokenFor(email);
    await expect(anonymous(signUp, { ...form(`other-${email}`), token })).rejects.toMatchObject({ kind: 'forbidden' });
    await anonymous(requestSignUp, { email });
    expect(await anonymous(signUp, { ...form(email), token: tokenFor(email) })).toEqual({ email });
    const made = await kernel.database.asPlatform((db) => db.user.findUniqueOrThrow({ where: { email } }));
    expect(made.emailVerified).not.toBeNull();
    expect(made.platformAdmin).toBe(false);
  });

  test('a known address gets the answer an unknown one gets, and its owner a mail', async () => {
    const { email } = await person();
    const anonymous = asAnonymous(kernel);
    const known = await anonymous(requestSignUp, { email });
    const unknown = await anonymous(requestSignUp, { email: `${randomUUID()}@nobody.test` });
    expect(known).toEqual(unknown);
    expect(mailTo(email)?.subject).toBe('You have an n8n Ops account');
  });

  test('a password that is guessed first is refused, and the field is named', async () => {
    const weak = { ...form('weak@new.test'), password: 'password12345' };
    await expect(asAnonymous(kernel)(signUp, weak)).rejects.toMatchObject({ errors: [{ path: 'password' }] });
  });
});

describe('passwords', () => {
  test('changing a password ends every other session and keeps this one', async () => {
    const { id, sessionToken } = await person();
    const elsewhere = await signIn(id);
    const me = await caller(sessionToken);
    await expect(
      me(changePassword, { currentPassword: 'guess', newPassword: 'another long one' }),
    ).rejects.toMatchObject({ code: 'wrong_password' });
    await me(changePassword, { currentPassword: PASSWORD, newPassword: 'another long one' });
    expect(await isSignedIn(sessionToken)).toBe(true);
    expect(await isSignedIn(elsewhere)).toBe(false);
  });

  test('a forgotten password is replaced by a mailed link, once; every session ends', async () => {
    const { email, sessionToken } = await person();
    const anonymous = asAnonymous(kernel);
    await anonymous(forgotPassword, { email });
    const token = tokenFor(email);
    await anonymous(resetPassword, { token, password: 'a replaced password' });
    expect(await isSignedIn(sessionToken)).toBe(false);
    await expect(anonymous(resetPassword, { token, password: 'once more please' })).rejects.toMatchObject({
      code: 'link_rejected',
    });
  });

  test('forgetting the password of nobody, or asking for a link, answers like a known address and mails nobody', async () => {
    const { email } = await person();
    const anonymous = asAnonymous(kernel);
    const stranger = `${randomUUID()}@nobody.test`;
    expect(await anonymous(forgotPassword, { email: stranger })).toEqual(await anonymous(forgotPassword, { email }));
    expect(await anonymous(requestSignInLink, { email: stranger })).toEqual(
      await anonymous(requestSignInLink, { email }),
    );
    expect(mailTo(stranger)).toBeUndefined();
    expect(mailTo(email)?.subject).toBe('Your link to n8n Ops');
  });

  test('a link that is too old is worth nothing', async () => {
    const { email, id } = await person();
    const anonymous = asAnonymous(kernel);
    await anonymous(forgotPassword, { email });
    await kernel.database.asPlatform((db) =>
      db.oneTimeToken.updateMany({ where: { identifier: id }, data: { expiresAt: new Date(0) } }),
    );
    await expect(
      anonymous(resetPassword, { token: tokenFor(email), password: 'a replaced password' }),
    ).rejects.toMatchObject({ code: 'link_rejected' });
  });
});

describe('sessions', () => {
  test('a person sees their sessions and ends one; it ends at once', async () => {
    const { id, sessionToken } = await person();
    const elsewhere = await signIn(id);
    const me = await caller(sessionToken);
    const { items } = await me(listSessions);
    expect(items).toHaveLength(2);
    expect(items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    const other = items.find(({ current }: { current: boolean }) => !current);
    await me(endSessionById, { id: other!.id });
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect(JSON.stringify(items)).not.toContain(sessionToken);
  });

  test('nobody ends another person’s session', async () => {
    const victim = await person();
    const { items } = await (await caller(victim.sessionToken))(listSessions);
    const thief = await caller((await person()).sessionToken);
    await expect(thief(endSessionById, { id: items[0]!.id })).rejects.toMatchObject({ kind: 'not_found' });
    expect(await isSignedIn(victim.sessionToken)).toBe(true);
  });

  test('a session enters only organisations the person is in', async () => {
    const other = await newTenant(kernel);
    const admin = await as(kernel, tenant, 'admin');
    expect(await admin(switchTenant, { tenant: tenant.slug })).toMatchObject({ id: tenant.id });
    await expect(admin(switchTenant, { tenant: other.slug })).rejects.toMatchObject({ kind: 'not_found' });
  });
});

test('what lets anybody in during development is not there otherwise', async () => {
  const anonymous = asAnonymous(kernel);
  for (const operation of [describeDevelopment, listDevUsers]) {
    await expect(anonymous(operation)).rejects.toMatchObject({ kind: 'not_found' });
  }
  await expect(anonymous(signInAs, { id: randomUUID() })).rejects.toMatchObject({ kind: 'not_found' });
  await expect(anonymous(createDevUser, { email: 'dev@dev.test' })).rejects.toMatchObject({ kind: 'not_found' });
  const development = { ...kernel, ports: { ...kernel.ports, site: { ...kernel.ports.site, devLogin: true } } };
  const developer = asAnonymous(development);
  const made = await developer(createDevUser, { email: `${randomUUID()}@dev.test` });
  expect((await developer(listDevUsers, { search: made.email })).items).toHaveLength(1);
  expect((await developer(signInAs, { id: made.id })).link).toMatch(/\/sign-in\/link#/);
});
