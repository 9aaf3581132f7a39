import { expect, type Page } from '@playwright/test';
import { finished } from '../scripts/demo/connect.ts';
import { test } from './house/fixtures.ts';
import { api, n8nAt } from './house/house.ts';
import { joinByInvitation } from './house/person.ts';
import { workflowNamed } from './parts/release-family.ts';

const PIPELINE = 'Returns to production';

test('one workflow is chosen, bound in place, approved by somebody else, applied, verified, and taken back', async ({
  furnished,
  browserOf,
}) => {
  const { admin, apiKey, full } = furnished;
  const dana = await joinByInvitation(apiKey, { name: 'Dana', email: 'dana@shop.example', role: 'developer' });
  const [developing, deciding] = [await browserOf(dana), await browserOf(admin)];
  const page = await developing.newPage();
  const main = page.getByRole('main');
  const other = await deciding.newPage();
  await haveCredential(apiKey, full.production ?? '');

  await test.step('an admin adds a pipeline with an approval', () => addPipeline(other, full.tenant ?? ''));

  await test.step('a developer chooses the workflow in the list, and the way', async () => {
    await page.goto(`/t/${full.tenant}/workflows?q=Decide%20a%20return`);
    await main.getByRole('row').filter({ hasText: 'Development' }).getByRole('checkbox').check();
    await main.getByRole('link', { name: 'Promote…' }).click();
    await main
      .getByLabel('Which way')
      .selectOption({ label: `${PIPELINE}: Development (dev) → Production (production)` });
    await expect(main.getByText('1 workflow to')).toBeVisible();
    await main.getByRole('button', { name: 'Compare and plan' }).click();
    await page.waitForURL(/\/promotions\/[0-9a-f-]{36}/);
  });
  const box = page.getByRole('complementary', { name: 'What is missing' });

  await test.step('what is missing is bound in place, and the plan is made anew', async () => {
    await expect(box).toContainText('2 things are missing');
    await expect(box.getByRole('button', { name: /^Apply to/ })).toHaveAccessibleDescription(/blocked/);
    await box.getByRole('button', { name: /^Bind httpHeaderAuth:Shop token/ }).click();
    const dialog = page.getByRole('dialog');
    const choice = dialog.getByLabel('Credential there');
    const desk = await choice.getByRole('option', { name: /^Returns desk/ }).getAttribute('value');
    await choice.selectOption(desk);
    await dialog.getByLabel('Reason').fill('Production has a token of its own.');
    await dialog.getByRole('button', { name: 'Bind it' }).click();
    await expect(box).toContainText('1 thing is missing');
    await expect(main.getByRole('table', { name: 'planned calls' })).toContainText('POST /workflows');
  });

  await test.step('who began it can’t approve it; an admin does', async () => {
    const approve = main.getByRole('button', { name: 'Approve…' });
    await expect(approve).toHaveAttribute('aria-disabled', 'true');
    await other.goto(page.url());
    await other.getByRole('main').getByRole('button', { name: 'Approve…' }).click();
    await other.getByRole('dialog').getByLabel('Comment').fill('Looked at every call.');
    await other.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(other.getByRole('main').getByText('Looked at every call.')).toBeVisible();
  });

  await test.step('it is applied live, and read back', async () => {
    await expect(box).toContainText('Nothing is missing');
    await box.getByRole('button', { name: /^Apply to production/ }).click();
    const progress = main.getByRole('region', { name: 'Progress' });
    await expect(progress.getByRole('status')).toHaveText('Verified', { timeout: 60_000 });
    await expect(main.getByRole('list', { name: 'Journal' })).toContainText('created');
  });

  await test.step('the deployment is taken back by its own plan, and holds the stage until it is resumed', async () => {
    await main.getByRole('link', { name: 'Open the deployment' }).click();
    await page.waitForURL(/\/deployments\//);
    await rollBack(other, page.url());
  });
});

/** A credential in production under another name, as the inventory knows it. */
async function haveCredential(apiKey: string, environmentId: string): Promise<void> {
  const data = { name: 'X-Shop-Token', value: 'kept in production alone' };
  await n8nAt(1).post('/credentials', { name: 'Returns desk', type: 'httpHeaderAuth', data });
  const as = api(apiKey);
  await finished(as, await as.post(`/environments/${environmentId}/sync`), 'Reading production again');
}

async function addPipeline(page: Page, tenant: string): Promise<void> {
  const main = page.getByRole('main');
  await page.goto(`/t/${tenant}/pipelines/new`);
  await main.getByLabel('Name').fill(PIPELINE);
  await main.getByLabel('To', { exact: true }).selectOption({ label: 'Production (production)' });
  await main.getByRole('checkbox', { name: 'Somebody has to approve the plan first' }).check();
  await main.getByRole('button', { name: 'Add the pipeline' }).click();
  await expect(page.getByRole('heading', { level: 1, name: PIPELINE })).toBeVisible();
}

async function rollBack(page: Page, deployment: string): Promise<void> {
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog');
  await page.goto(deployment);
  await main.getByRole('button', { name: 'Work out the rollback' }).click();
  await main.getByRole('button', { name: /^Show its/ }).click();
  await editByHand();
  await main.getByRole('button', { name: /^Roll back Production/ }).click();
  await dialog.getByLabel('Reason').fill('Nobody saw this plan.');
  await dialog.getByRole('button', { name: /^Roll back/ }).click();
  await expect(main.getByText('The target changed since you looked.')).toBeVisible();
  await main.getByRole('button', { name: /^Roll back Production/ }).click();
  await dialog.getByRole('checkbox', { name: 'Overwrite what was changed since in 1 workflow' }).check();
  await dialog.getByLabel('Reason').fill('The desk is not ready.');
  await dialog.getByRole('button', { name: /^Roll back/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Rollback/ })).toBeVisible({ timeout: 30_000 });
  const progress = main.getByRole('region', { name: 'Progress' });
  await expect(progress.getByRole('status')).toHaveText('Verified', { timeout: 60_000 });
  await expect(main.getByText('The desk is not ready.')).toBeVisible();
  await main.getByRole('button', { name: 'Resume…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(main.getByText('On hold')).toHaveCount(0);
}

/** In n8n itself, after the rollback was looked at. */
async function editByHand(): Promise<void> {
  const { id, name, nodes, connections } = await workflowNamed(n8nAt(1), 'Decide a return');
  const settings = { executionOrder: 'v1', timezone: 'Asia/Tokyo' };
  await n8nAt(1).put(`/workflows/${id}`, { name, nodes, connections, settings });
}
