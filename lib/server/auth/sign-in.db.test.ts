import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashSessionToken } from '@/lib/features/identity/sessions/model';
import { mintOneTimeToken } from '@/lib/features/identity/users/one-time-token';
import { hashPassword } from '@/lib/features/identity/users/password';
import type { Kernel } from '@/lib/kernel/kernel';
import { Browser } from '@/lib/testing/browser';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { resolvePrincipal } from '../principal';

const PASSWORD = 'a password for tests';
let kernel: Kernel;

beforeAll(() => {
  kernel = openHouse();
});
afterAll(() => closeHouse(kernel));

async function person(): Promise<{ id: string; email: string }> {
  const email = `${randomUUID()}@sign-in.test`;
  const passwordHash = await hashPassword(PASSWORD);
  return kernel.database.asPlatform((db) => db.user.create({ data: { email, name: 'Somebody', passwordHash } }));
}
const whoIs = (sessionToken: string | null) =>
  resolvePrincipal(kernel.database, { bearer: null, sessionToken, tenant: null });
const sessionRow = (token: string) =>
  kernel.database.asPlatform((db) => db.session.findUnique({ where: { id: hashSessionToken(token) } }));

describe('by password', () => {
  test('the cookie is a random id whose hash is the session; it says nothing else', async () => {
    const { id, email } = await person();
    const browser = new Browser();
    const response = await browser.post('callback/password', { email: email.toUpperCase(), password: PASSWORD });
    expect(response.status).toBe(200);
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('n8nops-session='))!;
    expect(cookie).toMatch(/^n8nops-session=[\w-]{43};/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(await sessionRow(browser.sessionToken!)).toMatchObject({ userId: id, method: 'password' });
    expect((await whoIs(browser.sessionToken)).user?.email).toBe(email);
  });

  test('reading the session keeps the cookie, and shows no token', async () => {
    const { email } = await person();
    const browser = new Browser();
    await browser.post('callback/password', { email, password: PASSWORD });
    const token = browser.sessionToken!;
    const text = await (await browser.get('session')).text();
    expect(JSON.parse(text).user).toMatchObject({ email });
    expect(text).not.toContain(token);
    expect(browser.sessionToken).toBe(token);
  });

  test('a wrong password and an unknown address get the same answer and no session', async () => {
    const { email } = await person();
    const wrong = await new Browser().post('callback/password', { email, password: 'not this one' });
    const unknown = await new Browser().post('callback/password', { email: 'nobody@sign-in.test', password: 'x' });
    expect(wrong.status).toBe(401);
    expect([unknown.status, await unknown.text()]).toEqual([wrong.status, await wrong.text()]);
    expect(wrong.headers.getSetCookie().join()).not.toContain('n8nops-session=');
  });

  test('after five attempts in a quarter of an hour even the right password waits', async () => {
    const { email } = await person();
    const browser = new Browser();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await browser.post('callback/password', { email, password: 'guess' });
    }
    const response = await browser.post('callback/password', { email, password: PASSWORD });
    expect(await response.text()).toContain('rate_limited');
    expect(browser.sessionToken).toBeNull();
  });

  test('a suspended person does not get in, and is out at once', async () => {
    const { id, email } = await person();
    const browser = new Browser();
    await browser.post('callback/password', { email, password: PASSWORD });
    await kernel.database.asPlatform((db) => db.user.update({ where: { id }, data: { suspendedAt: new Date() } }));
    expect((await whoIs(browser.sessionToken)).actor.type).toBe('anonymous');
    expect((await new Browser().post('callback/password', { email, password: PASSWORD })).status).toBe(401);
  });

  test('signing in again leaves no older session of this browser behind', async () => {
    const { email } = await person();
    const browser = new Browser();
    await browser.post('callback/password', { email, password: PASSWORD });
    const first = browser.sessionToken!;
    await browser.post('callback/password', { email, password: PASSWORD });
    expect(browser.sessionToken).not.toBe(first);
    expect(await sessionRow(first)).toBeNull();
  });

  test('a password never reaches the log', async () => {
    const { email } = await person();
    const { logged } = await import('@/lib/testing/house');
    await new Browser().post('callback/password', { email, password: PASSWORD });
    await new Browser().post('callback/password', { email, password: 'planted-secret-guess' });
    expect(logged.join('')).not.toMatch(/a password for tests|planted-secret-guess/);
  });
});

test('signing out deletes the session', async () => {
  const { email } = await person();
  const browser = new Browser();
  await browser.post('callback/password', { email, password: PASSWORD });
  const token = browser.sessionToken!;
  await browser.post('signout', {});
  expect(browser.sessionToken).toBeNull();
  expect(await sessionRow(token)).toBeNull();
});

test('a link signs in once', async () => {
  const { id } = await person();
  const token = await kernel.database.asPlatform((db) => mintOneTimeToken(db, 'sign-in', id));
  const browser = new Browser();
  await browser.post('callback/link', { token });
  expect((await whoIs(browser.sessionToken)).user?.id).toBe(id);
  const again = await new Browser().post('callback/link', { token });
  expect(again.status).toBe(401);
});

test('another site can neither sign somebody in nor out', async () => {
  const { email } = await person();
  const browser = new Browser();
  const response = await browser.post('callback/password', { email, password: PASSWORD }, 'https://evil.example');
  expect(response.status).toBe(403);
  expect(browser.sessionToken).toBeNull();
});

test('next-auth’s log, which strangers could write to, is not there', async () => {
  expect((await new Browser().post('_log', { code: 'x', level: 'error' })).status).toBe(404);
});
