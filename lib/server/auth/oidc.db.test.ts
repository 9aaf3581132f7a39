import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintOneTimeToken } from '@/lib/features/identity/users/one-time-token';
import type { Kernel } from '@/lib/kernel/kernel';
import { Browser } from '@/lib/testing/browser';
import { closeHouse, openHouse, TEST_ENV } from '@/lib/testing/house';
import { approve, startOpenIdProvider } from '@/lib/testing/openid-provider';
import { resolvePrincipal } from '../principal';

const run = randomUUID().slice(0, 8);
const person = (name: string, verified: boolean) => ({
  email: `${name}-${run}@oidc.test`,
  email_verified: verified,
  name,
});
const people = {
  ann: person('ann', true),
  known: person('known', true),
  unproved: person('unproved', true),
  mallory: person('mallory', false),
  stranger: person('stranger', true),
  swap: person('swap', true),
};
let kernel: Kernel;
let provider: Awaited<ReturnType<typeof startOpenIdProvider>>;

beforeAll(async () => {
  const clientSecret = randomUUID() + randomUUID();
  const redirectUri = `${TEST_ENV.APP_ORIGIN}/api/auth/callback/oidc`;
  provider = await startOpenIdProvider({ clientId: 'n8n-ops', clientSecret, redirectUri, people });
  Object.assign(process.env, {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: 'n8n-ops',
    OIDC_CLIENT_SECRET: clientSecret,
  });
  kernel = openHouse();
});
afterAll(async () => {
  await closeHouse(kernel);
  provider.close();
});

const whoIs = async ({ sessionToken }: Browser) =>
  (await resolvePrincipal(kernel.database, { bearer: null, sessionToken, tenant: null })).user;
const begin = async (browser: Browser) =>
  ((await (await browser.post('signin/oidc', { callbackUrl: '/' })).json()) as { url: string }).url;
async function signIn(name: keyof typeof people, browser = new Browser()) {
  const back = await approve(await begin(browser), name);
  const response = await browser.get(`callback/oidc${back.search}`);
  return { browser, location: new URL(response.headers.get('location') ?? '', TEST_ENV.APP_ORIGIN) };
}
const register = (email: string, emailVerified: Date | null) =>
  kernel.database.asPlatform((db) => db.user.create({ data: { email, name: 'Before', emailVerified } }));

test('somebody new comes in by a verified address, and again as the same person', async () => {
  const first = await signIn('ann');
  const user = await whoIs(first.browser);
  expect(user).toMatchObject({ email: people.ann.email, name: 'ann' });
  expect((await whoIs((await signIn('ann')).browser))?.id).toBe(user?.id);
});

test('the request carries state, nonce and a PKCE challenge', async () => {
  const { searchParams } = new URL(await begin(new Browser()));
  expect(searchParams.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)).toBeTruthy();
});

test('an address that the provider has not verified gets nobody in', async () => {
  const { browser, location } = await signIn('mallory');
  expect(location.pathname + location.search).toBe('/sign-in?error=unverified_address');
  expect(browser.sessionToken).toBeNull();
});

test('an account is linked where both sides have verified the address, and nowhere else', async () => {
  const mine = await register(people.known.email, new Date());
  expect((await whoIs((await signIn('known')).browser))?.id).toBe(mine.id);
  await register(people.unproved.email, null);
  const { browser, location } = await signIn('unproved');
  expect(location.search).toBe('?error=link_from_profile');
  expect(browser.sessionToken).toBeNull();
});

test('where accounts are made by invitation, a stranger is refused and an invited address is not', async () => {
  const { site } = kernel.ports;
  kernel.ports = { ...kernel.ports, site: { ...site, signUp: 'invite' } };
  try {
    const refused = await signIn('stranger');
    expect(refused.location.search).toBe('?error=invitation_needed');
    const tenant = { slug: `oidc-${run}`, name: 'OIDC', planKey: 'self-hosted' };
    await kernel.database.asPlatform(async (db) => {
      const { id: tenantId } = await db.tenant.create({ data: tenant });
      const expiresAt = new Date(Date.now() + 60_000);
      const invitation = { email: people.stranger.email, role: 'viewer' as const, tokenHash: run, expiresAt };
      await db.invitation.create({ data: { ...invitation, tenantId, invitedBy: randomUUID() } });
    });
    expect((await whoIs((await signIn('stranger')).browser))?.email).toBe(people.stranger.email);
  } finally {
    kernel.ports = { ...kernel.ports, site };
  }
});

test('an answer meant for another browser is refused: no one is signed in as somebody they did not choose', async () => {
  const attacker = new Browser();
  const back = await approve(await begin(attacker), 'swap');
  const victim = new Browser();
  await begin(victim);
  await victim.get(`callback/oidc${back.search}`);
  expect(victim.sessionToken).toBeNull();
});

test('a suspended person’s outside account stays outside', async () => {
  const { browser } = await signIn('ann');
  const user = await whoIs(browser);
  await kernel.database.asPlatform((db) =>
    db.user.update({ where: { id: user!.id }, data: { suspendedAt: new Date() } }),
  );
  const { location } = await signIn('ann');
  expect(location.search).toBe('?error=suspended');
});

test('somebody who is signed in adds an outside account to themselves, whatever its address', async () => {
  const me = await register(`me-${run}@oidc.test`, null);
  const token = await kernel.database.asPlatform((db) => mintOneTimeToken(db, 'sign-in', me.id));
  const browser = new Browser();
  await browser.post('callback/link', { token });
  await signIn('swap', browser);
  expect((await whoIs(browser))?.id).toBe(me.id);
  expect((await whoIs((await signIn('swap')).browser))?.id).toBe(me.id);
});
