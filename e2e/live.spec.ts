import { expect, type Page } from '@playwright/test';
import { test } from './house/fixtures.ts';
import { api } from './house/house.ts';
import { settled } from './parts/settled.ts';

test('what one person does shows in another person’s browser without a reload', async ({ furnished, browserOf }) => {
  const settings = `/t/${furnished.full.tenant}/environments/${furnished.full.environment}/settings`;
  const admin = await (await browserOf(furnished.admin)).newPage();
  const viewer = await (await browserOf(furnished.viewer)).newPage();
  await viewer.goto(`/t/${furnished.full.tenant}/environments`);
  await settled(viewer);
  await expect(viewer.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
  await expect(viewer.getByRole('table').getByText('Development')).toBeVisible();

  await rename('Harbour workshop');
  await expect(viewer.getByRole('table').getByText('Harbour workshop')).toBeVisible();
  await rename('Development');
  await expect(viewer.getByRole('table').getByText('Development')).toBeVisible();

  async function rename(name: string): Promise<void> {
    await admin.goto(settings);
    await settled(admin);
    await admin.getByLabel('Name', { exact: true }).fill(name);
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText(`${name} is saved`, { exact: true })).toBeVisible();
  }
});

test('what somebody else saves while one types is said, and neither of the two is lost', async ({
  furnished: { admin, apiKey, full },
  browserOf,
}) => {
  const page = await (await browserOf(admin)).newPage();
  const main = page.getByRole('main');
  await page.goto(`/t/${full.tenant}/pipelines/${full.pipeline}/edit`);
  await settled(page);
  const [description, save] = [main.getByLabel('Description'), main.getByRole('button', { name: 'Save' })];
  await theySay('Theirs, before anything was typed.');
  await expect(description).toHaveValue('Theirs, before anything was typed.');

  await description.fill('Mine');
  await theySay('Theirs, meanwhile.');
  await expect(main.getByText('Somebody else changed this pipeline.')).toBeVisible();
  await expect(description).toHaveValue('Mine');
  await expect(save).toHaveAccessibleDescription(/Decide first/);
  await main.getByRole('button', { name: 'Take theirs' }).click();
  await expect(description).toHaveValue('Theirs, meanwhile.');

  await description.fill('Mine after all');
  await theySay('Theirs, once more.');
  await main.getByRole('button', { name: 'Put mine over it' }).click();
  await save.click();
  await page.waitForURL(/\/pipelines\/[0-9a-f-]{36}$/);
  await expect(main.getByText('Mine after all')).toBeVisible();

  async function theySay(words: string): Promise<void> {
    await api(apiKey).patch(`/pipelines/${full.pipeline}`, { description: words });
  }
});

test('a tab that was away resumes, and what happened meanwhile is there', async ({ furnished, browserOf }) => {
  const page = await (await browserOf(furnished.viewer)).newPage();
  await page.goto(`/t/${furnished.full.tenant}/activity`);
  await settled(page);
  const live = page.getByRole('status').filter({ hasText: 'Live' });
  await expect(live).toBeVisible();
  await show(page, 'hidden');
  await expect(page.getByRole('status').filter({ hasText: 'Paused' })).toBeVisible();
  const { jobId } = await api(furnished.apiKey).post<{ jobId: string }>(
    `/environments/${furnished.full.environment}/sync`,
  );
  await show(page, 'visible');
  await expect(live).toBeVisible();
  // By its address: others may be refreshed meanwhile.
  await expect(page.getByRole('row').locator(`a[href$="/activity/${jobId}"]`)).toBeVisible();
});

/** Another tab in front, or this one again: a headless browser has no way to do it by hand. */
const show = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
