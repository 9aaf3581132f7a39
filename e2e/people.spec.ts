import { expect, type Page, request } from '@playwright/test';
import { test } from './house/fixtures.ts';
import { house } from './house/house.ts';
import { joinByInvitation, type SignedIn, signIn } from './house/person.ts';
import { settled } from './parts/settled.ts';

const NEW_PASSWORD = 'a lantern over quiet water';

test('somebody is invited by link, changes role, and is out with the next request after being removed', async ({
  furnished,
  browserOf,
}) => {
  const base = `/t/${furnished.full.tenant}`;
  const admin = await (await browserOf(furnished.admin)).newPage();
  await admin.goto(`${base}/team`);
  await settled(admin);

  const link = await test.step('an admin gets a link, once', async () => {
    await admin.getByRole('button', { name: 'Invite somebody' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('noor@shop.example');
    await dialog.getByLabel('Role').selectOption('developer');
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
    const made = await dialog.getByLabel('Link', { exact: true }).inputValue();
    await admin.getByRole('button', { name: 'Done' }).click();
    await expect(row(admin, 'noor@shop.example')).toContainText('Invited');
    return made;
  });

  const noor = await (await browserOf(null)).newPage();
  await test.step('the link makes an account for its address alone, and the admin sees it without a reload', async () => {
    await noor.goto(link);
    await expect(noor.getByText('noor@shop.example is invited as developer.')).toBeVisible();
    await noor.getByLabel('Your name').fill('Noor');
    await expect(noor.getByLabel('E-mail')).not.toBeEditable();
    await noor.getByLabel('Password').fill('twelve herons by the pier');
    await noor.getByRole('button', { name: 'Make the account' }).click();
    await expect(noor).toHaveURL(new RegExp(`${base}$`));
    await expect(row(admin, 'noor@shop.example')).toContainText('Active');
  });

  await test.step('a link that was used says so in words', async () => {
    const late = await (await browserOf(null)).newPage();
    await late.goto(link);
    await expect(late.getByText(/was used/)).toBeVisible();
  });

  await test.step('a new role holds at the next request', async () => {
    await noor.goto(`${base}/environments/${furnished.full.environment}`);
    await expect(noor.getByRole('button', { name: 'Refresh' })).not.toHaveAttribute('aria-disabled', 'true');
    await act(admin, 'Noor', 'Make viewer');
    await expect(row(admin, 'noor@shop.example')).toContainText('viewer');
    await noor.reload();
    await expect(noor.getByRole('button', { name: 'Refresh' })).toHaveAccessibleDescription(/role developer/);
  });

  await test.step('a removed person is out with the next request', async () => {
    await act(admin, 'Noor', 'Remove');
    await admin.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    // What stands behind an open dialog has no roles.
    await expect(admin.getByRole('dialog')).toBeHidden();
    await expect(row(admin, 'noor@shop.example')).toHaveCount(0);
    const answer = await noor.request.get('/api/v1/workflows', {
      headers: { 'x-tenant': furnished.full.tenant ?? '' },
    });
    expect(answer.status()).toBe(403);
    await noor.goto(`${base}/workflows`);
    await expect(noor).not.toHaveURL(new RegExp(base));
  });
});

test('a session is ended from another, and a new password ends all others', async ({ furnished, browserOf }) => {
  const profile = `/t/${furnished.full.tenant}/profile`;
  const rosa = await newPerson(furnished.apiKey, 'Rosa');
  const here = await (await browserOf(rosa)).newPage();
  const there = await (await browserOf(await signIn(rosa.email, rosa.password))).newPage();
  await here.goto(profile);
  await there.goto(profile);
  await expect(there.getByRole('heading', { name: 'Signed in' })).toBeVisible();

  await here.reload();
  await here
    .getByRole('button', { name: /^End the session of/ })
    .first()
    .click();
  await expect(here.getByRole('button', { name: /^End the session of/ })).toHaveCount(0);
  await there.reload();
  await expect(there.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  const elsewhere = await (await browserOf(await signIn(rosa.email, rosa.password))).newPage();
  await elsewhere.goto(profile);
  await expect(elsewhere.getByRole('heading', { name: 'Signed in' })).toBeVisible();
  await here.getByLabel('Present password').fill('not my password');
  await here.getByLabel('New password').fill(NEW_PASSWORD);
  await here.getByRole('button', { name: 'Change the password' }).click();
  await expect(here.getByLabel('Present password')).toHaveAttribute('aria-invalid', 'true');
  await here.getByLabel('Present password').fill(rosa.password);
  await here.getByLabel('New password').fill(NEW_PASSWORD);
  await here.getByRole('button', { name: 'Change the password' }).click();
  await expect(here.getByText('The password is changed', { exact: true })).toBeVisible();
  await elsewhere.reload();
  await expect(elsewhere.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await here.reload();
  await expect(here.getByRole('heading', { name: 'Signed in' })).toBeVisible();
  await signIn(rosa.email, NEW_PASSWORD);
});

test('an API key made here works over REST, and stops the moment it is revoked', async ({ furnished, browserOf }) => {
  const page = await (await browserOf(furnished.admin)).newPage();
  await page.goto(`/t/${furnished.full.tenant}/api-keys`);
  await settled(page);
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Nightly report');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = await page.getByLabel('Key', { exact: true }).inputValue();
  await page.getByRole('button', { name: 'I have stored it' }).click();

  const api = await request.newContext({ extraHTTPHeaders: { authorization: `Bearer ${key}` } });
  const workflows = `${house().origin}/api/v1/workflows`;
  expect((await (await api.get(workflows)).json()).total).toBeGreaterThan(9);
  const refresh = `${house().origin}/api/v1/environments/${furnished.full.environment}/sync`;
  expect((await api.post(refresh)).status(), 'a key that may only read').toBe(403);

  await page.getByRole('button', { name: 'Revoke Nightly report' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(row(page, 'Nightly report')).toContainText('Revoked');
  expect((await api.get(workflows)).status()).toBe(401);
  await api.dispose();
});

test('who is not let in is told why, and comes to where they wanted', async ({ furnished, browserOf }) => {
  const ines = await newPerson(furnished.apiKey, 'Ines');
  const page = await (await browserOf(null)).newPage();
  await page.goto(`/t/${furnished.full.tenant}/workflows`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('E-mail').fill(ines.email);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await page.getByLabel('Password').fill(`wrong ${attempt}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.locator('#main').getByRole('alert')).toContainText('do not belong together');
    await expect(page.getByLabel('E-mail')).toHaveValue(ines.email);
  }
  await page.getByLabel('Password').fill(ines.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(new RegExp(`/t/${furnished.full.tenant}`));

  const guesser = await (await browserOf(null)).newPage();
  await guesser.goto('/sign-in');
  await guesser.getByLabel('E-mail').fill('nobody@shop.example');
  await guesser.getByLabel('Password').fill('a guess');
  await expect(async () => {
    await guesser.getByRole('button', { name: 'Sign in' }).click();
    await expect(guesser.locator('#main').getByRole('alert')).toContainText('Too many attempts', { timeout: 2_000 });
  }).toPass();
});

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

async function act(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** A viewer nobody else uses. */
function newPerson(apiKey: string, name: string): Promise<SignedIn> {
  return joinByInvitation(apiKey, { name, email: `${name.toLowerCase()}@shop.example`, role: 'viewer' });
}
