// Runs first: an installation has its first account once.
import { expect, type Page, test } from '@playwright/test';
import { freePort } from '../scripts/ports.ts';
import { house, n8nAt } from './house/house.ts';
import { recordTexts } from './parts/record-texts.ts';

const PASSWORD = 'violet harbour seventeen';

test('from the first account to two connected instances, and what changes in n8n shows after a refresh', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const [dev, production] = house().n8n;
  const n8n = n8nAt(0);

  await test.step('the first visitor makes the first account, and is told what is wrong with a password', async () => {
    await page.goto(house().origin);
    await expect(page.getByRole('heading', { name: 'The first account' })).toBeVisible();
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('E-mail').fill('ada@shop.example');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/At least \d+ characters/);
    await expect(page.getByLabel('E-mail')).toHaveValue('ada@shop.example');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
  });

  await test.step('onboarding names the organisation and leads to the first environment', async () => {
    await expect(page.getByRole('heading', { name: 'Your organisation' })).toBeVisible();
    await page.getByLabel('Organisation').fill('Harbour Shop');
    await page.getByRole('button', { name: 'Make the organisation' }).click();
    await expect(page.getByRole('heading', { name: 'Connect your first n8n' })).toBeVisible();
  });

  await test.step('a wrong key and a wrong address are explained where they stand, and nothing typed is lost', async () => {
    const key = page.getByLabel('API key');
    const address = page.getByLabel('Address');
    await page.getByLabel('Name', { exact: true }).fill('workshop');
    await address.fill(dev.baseUrl);
    await key.fill('not-the-key');
    await connect(page);
    await expect(key).toHaveAccessibleDescription(/does not accept this API key/);
    await expect(key).toHaveAttribute('aria-invalid', 'true');

    await key.fill(dev.apiKey);
    await address.fill(`http://127.0.0.1:${await freePort()}`);
    await connect(page);
    await expect(address).toHaveAccessibleDescription(/refused|reach|answer|listens/i);
    await expect(address).toHaveAttribute('aria-invalid', 'true');
    await expect(key).not.toHaveAttribute('aria-invalid', 'true');

    await address.fill(house().origin);
    await connect(page);
    await expect(address).toHaveAccessibleDescription(/n8n/);
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('workshop');
    await expect(key).toHaveValue(dev.apiKey);
  });

  await test.step('the right key connects, and the first refresh shows its steps while it reads the inventory', async () => {
    await page.getByLabel('Address').fill(dev.baseUrl);
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await expect(page.getByText(/^n8n 2\.\d+\.\d+/)).toBeVisible();
    const said = await recordTexts(page.locator('body'));
    await connect(page);
    await expect(page).toHaveURL(/\/environments\/[0-9a-f-]{36}$/);
    await refreshed(page);
    const onTheWay = (await said()).filter((text) => /Waiting|Running/.test(text) && /, now|, not yet/.test(text));
    expect(onTheWay, 'the steps of the refresh while it runs').not.toHaveLength(0);
    await expect(page.getByRole('listitem').filter({ hasText: /^workflows.*as of/ })).toContainText('10');
  });
  const environment = page.url();
  const base = environment.replace(/\/environments\/.*/, '');

  await test.step('the list searches, and leads to a workflow with graph, JSON and executions', async () => {
    await page.getByRole('link', { name: /^Workflows \d+$/ }).click();
    await expect(page.getByRole('link', { name: 'Receive an order' })).toBeVisible();
    await page.getByRole('searchbox').fill('receive');
    await expect(page.getByRole('link', { name: 'Summarise the day' })).toBeHidden();
    await page.getByRole('link', { name: 'Receive an order' }).click();
    await expect(page.getByRole('heading', { name: 'Receive an order', level: 1 })).toBeVisible();

    await expect(page.locator('.react-flow__node').filter({ hasText: 'Order' }).first()).toBeVisible();
    await page.getByRole('radio', { name: 'List' }).check();
    await expect(page.getByText('Webhook').first()).toBeVisible();
    await page.getByRole('tab', { name: 'JSON' }).click();
    await expect(page.getByText('n8n-nodes-base.webhook').first()).toBeVisible();
    await page.getByRole('tab', { name: 'Executions' }).click();
    await expect(page.getByRole('link', { name: /^#?\d+$/ }).first()).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('tab', { name: 'JSON' })).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('a workflow made in n8n appears after the next refresh', async () => {
    await n8n.post('/workflows', thankACustomer);
    await page.goto(`${base}/workflows?q=thank`);
    await expect(page.getByText('No workflows match')).toBeVisible();
    await page.goto(environment);
    await refresh(page);
    await page.goto(`${base}/workflows`);
    await expect(page.getByRole('link', { name: 'Thank a customer' })).toBeVisible();
  });

  await test.step('one deleted there is missing after the next refresh, and no other', async () => {
    const { data } = await n8n.get<{ data: { id: string; name: string }[] }>('/workflows?limit=100');
    const gone = data.find(({ name }) => name === 'Thank a customer');
    await n8n.delete(`/workflows/${gone?.id}`);
    const row = page.getByRole('row').filter({ hasText: 'Thank a customer' });
    await page.reload();
    await expect(row).toContainText('Off');
    await page.goto(environment);
    await refresh(page);
    await page.goto(`${base}/workflows`);
    await expect(row).toContainText('Missing');
    await expect(page.getByRole('row').filter({ hasText: 'Missing' })).toHaveCount(1);
  });

  await test.step('a second n8n is connected as production, and says so wherever it is named', async () => {
    await page.goto(`${base}/environments/new`);
    await page.getByLabel('Name', { exact: true }).fill('counter');
    await page.getByLabel('Class').selectOption('production');
    await page.getByLabel('Address').fill(production.baseUrl);
    await page.getByLabel('API key').fill(production.apiKey);
    await connect(page);
    await expect(page.getByText('This page is about production.')).toBeAttached();
    await refreshed(page);
    await page.goto(base);
    const rows = page.getByRole('table').first().getByRole('row');
    await expect(rows.filter({ hasText: 'workshop' })).toContainText(/dev/i);
    await expect(rows.filter({ hasText: 'counter' })).toContainText(/production/i);
  });
});

const connect = (page: Page) => page.getByRole('button', { name: 'Connect', exact: true }).click();

async function refresh(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Refresh', exact: true });
  const before = await page.getByRole('region', { name: 'Progress' }).getByRole('status').textContent();
  expect(before).not.toMatch(/Waiting|Running/);
  const asked = page.waitForResponse((response) => response.request().method() === 'POST' && response.ok());
  await button.click();
  await asked;
  await expect(page.getByRole('button', { name: 'Refreshing…' })).toBeVisible();
  await refreshed(page);
}

async function refreshed(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'Progress' }).getByRole('status')).toHaveText('Completed', {
    timeout: 60_000,
  });
  await expect(page.getByRole('button', { name: 'Refresh', exact: true })).toBeVisible();
}

const thankACustomer = {
  name: 'Thank a customer',
  nodes: [
    {
      id: 'b6f0f1de-5d0c-4a6f-9a52-5b2a6f4d8c11',
      name: 'By hand',
      type: 'n8n-nodes-base.manualTrigger',
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
    },
  ],
  connections: {},
  settings: {},
};
