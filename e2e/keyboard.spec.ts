import { expect } from '@playwright/test';
import { test } from './house/fixtures.ts';
import { settled } from './parts/settled.ts';

const PLACES = { w: 'workflows', x: 'executions', c: 'credentials', a: 'activity', e: 'environments', t: 'team' };

test('every place is two keys away, and ? lists them', async ({ furnished, browserOf }) => {
  const base = `/t/${furnished.full.tenant}`;
  const page = await (await browserOf(furnished.admin)).newPage();
  await page.goto(base);
  await settled(page);
  for (const [key, place] of Object.entries({ ...PLACES, k: 'api-keys', u: 'audit', o: 'organisation' })) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`${base}/${place}$`));
    await expect(page.locator('h1')).toBeVisible();
  }
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet.getByText('Go to Workflows')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await expect(page).toHaveURL(new RegExp(`${base}$`));
});

test('the palette opens, finds, goes, and gives the focus back', async ({ furnished, browserOf }) => {
  const base = `/t/${furnished.full.tenant}`;
  const page = await (await browserOf(furnished.admin)).newPage();
  await page.goto(base);
  await settled(page);
  const opener = page.getByRole('button', { name: 'Find or do' });
  await opener.focus();
  await page.keyboard.press('ControlOrMeta+k');
  const field = page.getByRole('combobox', { name: 'Find or do' });
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await page.keyboard.press('ControlOrMeta+k');
  await field.fill('Production');
  await expect(page.getByRole('option', { selected: true })).toContainText('Production');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This page is about production.')).toBeAttached();
  await page.keyboard.press('ControlOrMeta+k');
  await field.fill('no such thing anywhere');
  await expect(page.getByText('Nothing is called that.')).toBeVisible();
});

test('a list is walked with j and k, searched with /, opened with Enter; back returns to the same view', async ({
  furnished,
  browserOf,
}) => {
  const page = await (await browserOf(furnished.viewer)).newPage();
  await page.goto(`/t/${furnished.full.tenant}/workflows`);
  await settled(page);
  await page.keyboard.press('/');
  const search = page.getByRole('searchbox');
  await expect(search).toBeFocused();
  await search.fill('order');
  await expect(page).toHaveURL(/q=order/);
  await expect(page.getByRole('link', { name: 'Award loyalty points' })).toHaveCount(0);
  await search.press('Enter');
  await search.blur();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const first = page.getByRole('row').nth(1).getByRole('link').first();
  await expect(first).toBeFocused();
  const name = await first.textContent();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name ?? '');
  await page.goBack();
  await expect(page).toHaveURL(/q=order/);
  await expect(search).toHaveValue('order');
});
